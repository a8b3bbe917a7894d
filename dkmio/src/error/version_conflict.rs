//! The version of an item is not the one that a write expected.

use super::{
    CancellationReason, ConditionFailed, Error, ExpectedVersion, VersionConflict, Versions,
};
use crate::value::{Item, Version};

impl VersionConflict {
    /// Returns the version that the write expected: that of the item it was given.
    pub fn expected(&self) -> Version {
        self.versions.expected
    }

    /// Returns the version that is stored: [`Version::NEW`] for an item without one, `None` if there is no item.
    pub fn stored(&self) -> Option<Version> {
        self.versions.stored
    }

    /// Returns whether an attempt of the write may have reached DynamoDB and was not answered.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.failure().unanswered
    }

    /// Returns the item as it is, without a model; see [`VersionConflict::item`].
    pub fn raw_item(&self) -> Option<&Item> {
        self.item.as_deref()
    }
}

impl Error {
    /// Makes a version conflict of a failed condition, if the item has not the expected version.
    pub(crate) fn of_version(self, expected: Option<ExpectedVersion>) -> Self {
        match (self, expected) {
            (Self::ConditionFailed(e), Some(expected)) => e.of_version(expected),
            (e, _) => e,
        }
    }
}

impl ConditionFailed {
    fn of_version(self, expected: ExpectedVersion) -> Error {
        match expected.versions(self.item.as_deref()) {
            Some(versions) => {
                let (failure, item) = self.into_parts();
                Error::VersionConflict(VersionConflict::new(failure, versions, item))
            }
            None => Error::ConditionFailed(self),
        }
    }
}

impl CancellationReason {
    /// Makes a version conflict of a failed condition, if the item has not the expected version.
    pub(super) fn of_version(self, expected: Option<ExpectedVersion>) -> Self {
        match (self, expected) {
            (Self::ConditionFailed(item), Some(expected)) => {
                match expected.versions(item.as_deref()) {
                    Some(versions) => Self::VersionConflict(versions, item),
                    None => Self::ConditionFailed(item),
                }
            }
            (reason, _) => reason,
        }
    }

    /// Returns the versions, if the member expected another version of its item than the stored one.
    pub fn version_conflict(&self) -> Option<Versions> {
        match self {
            Self::VersionConflict(versions, _) => Some(*versions),
            _ => None,
        }
    }
}
