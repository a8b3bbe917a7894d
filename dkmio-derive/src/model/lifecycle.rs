//! The attributes that dkmio keeps itself.

use crate::parse::Field;

/// The positions of the attributes of a model that dkmio keeps itself.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lifecycle {
    pub(crate) version: Option<usize>,
    pub(crate) created_at: Option<usize>,
    pub(crate) updated_at: Option<usize>,
}

impl Lifecycle {
    /// Notes what the field of the attribute at `position` is marked as.
    pub(super) fn note(&mut self, field: &Field, position: usize) {
        let marked = [
            (field.version, &mut self.version),
            (field.created_at, &mut self.created_at),
            (field.updated_at, &mut self.updated_at),
        ];
        for (_, slot) in marked.into_iter().filter(|(mark, _)| mark.is_some()) {
            slot.get_or_insert(position);
        }
    }

    /// Returns whether dkmio keeps any attribute.
    pub(crate) fn is_any(self) -> bool {
        let all = [self.version, self.created_at, self.updated_at];
        all.iter().any(Option::is_some)
    }

    /// Returns what the attribute is, for hover texts.
    pub(super) fn role(self, attribute: usize) -> Option<&'static str> {
        let is = |kept: Option<usize>| kept == Some(attribute);
        match () {
            () if is(self.version) => Some("Version: every write moves it by one."),
            () if is(self.created_at) => Some("When the item was made: the first put sets it."),
            () if is(self.updated_at) => {
                Some("When the item was changed: every put and update sets it.")
            }
            () => None,
        }
    }
}
