//! The version that a write expects, and the one that is stored.

use crate::value::{AttributeValue, Item, Version};

/// The version that a write expects the item to have. Made by the verbs, and kept beside the write until it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ExpectedVersion {
    pub(crate) attribute: &'static str,
    pub(crate) version: Version,
}

/// The two versions of a write that expected another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Versions {
    /// The version that the write expected: that of the item it was given.
    pub expected: Version,
    /// The version that is stored: [`Version::NEW`] for an item without one, `None` if there is no item.
    pub stored: Option<Version>,
}

impl ExpectedVersion {
    /// Returns the versions if the item, as it was when the condition failed, has another one.
    pub(super) fn versions(self, item: Option<&Item>) -> Option<Versions> {
        let stored = item.map(|item| stored_version(item, self.attribute));
        // A new item is expected to be absent, or to have no version.
        (stored.unwrap_or_default() != self.version).then_some(Versions {
            expected: self.version,
            stored,
        })
    }
}

/// Returns the version of an item; that of an item without one, or with one that is no number, is 0.
fn stored_version(item: &Item, attribute: &str) -> Version {
    match item.get(attribute) {
        Some(AttributeValue::N(text)) => Version::new(text.parse().unwrap_or_default()),
        _ => Version::NEW,
    }
}
