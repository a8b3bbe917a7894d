//! What an entry is that serde writes to a map.

use super::type_names::is_struct_field;

/// What an entry of a map is, and so what becomes of it where its value is absent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// A struct's field, which may be absent.
    Field,
    /// A flattened variant, whose name must be there.
    Variant,
    /// An entry of a map, whose names are data.
    Data,
}

impl EntryKind {
    /// Returns the kind of an entry by the type of its key: `of_struct` if a struct writes it.
    #[inline(always)]
    pub(super) fn of_key<K: ?Sized>(of_struct: Self) -> Self {
        if is_struct_field::<K>() {
            of_struct
        } else {
            Self::Data
        }
    }
}
