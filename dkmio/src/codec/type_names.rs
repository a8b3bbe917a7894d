//! Tells types by their names, where serde does not say which of its types calls.

use std::any::type_name;

/// Whether an entry with this type of key is a struct's field.
///
/// serde writes the fields of a struct that has something flattened into it with the type `str`, and the keys of a map
/// with the type of a reference, or of what the map holds.
#[inline(always)]
pub(super) fn is_struct_field<K: ?Sized>() -> bool {
    type_name::<K>() == type_name::<str>()
}

/// Whether serde reads a missing field of this type as the value of which nothing was written.
pub(super) fn is_optional<T: ?Sized>() -> bool {
    const WRAPPERS: [&str; 4] = [
        "&",
        "alloc::boxed::Box<",
        "alloc::rc::Rc<",
        "alloc::sync::Arc<",
    ];
    let mut name = type_name::<T>();
    while let Some(inner) = WRAPPERS
        .iter()
        .find_map(|wrapper| name.strip_prefix(wrapper))
    {
        name = inner;
    }
    ["core::option::Option<", "dkmio::value::set::Set<"]
        .iter()
        .any(|optional| name.starts_with(optional))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Set;
    use std::collections::HashMap;

    #[test]
    fn types_are_told_by_their_names() {
        assert!(is_struct_field::<str>());
        assert!(!is_struct_field::<&str>());
        assert!(!is_struct_field::<String>());
        assert!(is_optional::<Option<u8>>());
        assert!(is_optional::<&&Option<u8>>());
        assert!(is_optional::<Box<Option<u8>>>());
        assert!(is_optional::<Set<String>>());
        assert!(!is_optional::<u8>());
        assert!(!is_optional::<HashMap<String, Option<u8>>>());
    }
}
