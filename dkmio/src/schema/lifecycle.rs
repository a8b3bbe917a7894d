//! The attributes that dkmio keeps itself: a version, and when an item was made and changed.

/// The attributes of a model that dkmio keeps itself, by their names in DynamoDB.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifecycle {
    pub version: Option<&'static str>,
    pub created_at: Option<&'static str>,
    pub updated_at: Option<&'static str>,
}

impl Lifecycle {
    /// A model without such attributes.
    pub(super) const NONE: Self = Self {
        version: None,
        created_at: None,
        updated_at: None,
    };

    /// Returns what dkmio calls the attribute, if every write sets it and nobody else does.
    pub(crate) fn role(&self, attribute: &str) -> Option<&'static str> {
        let is = |kept: Option<&str>| kept == Some(attribute);
        if is(self.version) {
            return Some("#[version]");
        }
        is(self.updated_at).then_some("#[updated_at]")
    }
}
