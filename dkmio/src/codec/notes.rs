//! Doubts: values that may not read back, recorded with their paths while an item is encoded.
//!
//! serde reads flattened structs and tagged or untagged enums through a buffer of its own, which cannot hold
//! everything. A serializer cannot tell which values will go through the buffer. So it records a doubt about each value
//! that the buffer may not hold, and [`check`](super::check) reads the item back.

use super::error::{CodecError, Step};
use std::any::type_name;
use std::cell::RefCell;

/// Levels of lists and maps that DynamoDB takes in an attribute.
pub(super) const MAX_LEVELS: u8 = 32;

pub(super) const TOO_DEEP: &str =
    "nested more than 32 levels deep, which is all that DynamoDB takes of lists and maps";

/// Why a value may not read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// serde's buffer holds no integer of 128 bits.
    WideInteger,
    /// serde's buffer does not read the name of a map entry as a number.
    NameNotString,
    /// A field that is no `Option` and no `Set` was written as absent.
    NothingWritten,
    /// A map that is flattened into a struct wrote a name, which may be one of the struct's.
    FlattenedName,
}

/// A doubt and the path of the value.
pub(super) type Note = (Vec<Step>, Doubt);

#[derive(Debug, Default)]
pub(super) struct Notes(RefCell<Vec<Note>>);

impl Notes {
    /// Returns the notes in the order of their paths, because maps hand out their entries in any order.
    pub(super) fn into_sorted(self) -> Vec<Note> {
        let mut notes = self.0.into_inner();
        notes.sort();
        notes.dedup();
        notes
    }
}

/// Where a value is being written: its depth, and its path if doubts are recorded.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    /// How many levels of lists and maps may still be opened.
    levels: u8,
    /// `None` if no doubts are recorded; there is no path then either.
    notes: Option<&'p Notes>,
    path: Option<&'p Path<'p>>,
}

struct Path<'p> {
    outer: Option<&'p Path<'p>>,
    step: PathStep<'p>,
}

enum PathStep<'p> {
    Name(&'p str),
    Index(usize),
}

impl Place<'_> {
    /// The place of an attribute's value.
    pub(super) const VALUE: Place<'static> = Place {
        levels: MAX_LEVELS,
        notes: None,
        path: None,
    };

    /// The place of an item, whose own map is no level.
    pub(super) const ITEM: Place<'static> = Place {
        levels: MAX_LEVELS + 1,
        ..Self::VALUE
    };
}

impl<'p> Place<'p> {
    /// Returns the place of an item whose doubts are recorded.
    pub(super) fn noted(notes: &'p Notes) -> Self {
        Self {
            notes: Some(notes),
            ..Place::ITEM
        }
    }

    /// Returns the place of the content of a list or map that is written here.
    pub(super) fn opened(self) -> Result<Self, CodecError> {
        match self.levels.checked_sub(1) {
            Some(levels) => Ok(Self { levels, ..self }),
            None => Err(CodecError::new(TOO_DEEP)),
        }
    }

    pub(super) fn within_name<R>(self, name: &str, write: impl FnOnce(Place<'_>) -> R) -> R {
        self.within(PathStep::Name(name), write)
    }

    pub(super) fn within_index<R>(self, index: usize, write: impl FnOnce(Place<'_>) -> R) -> R {
        self.within(PathStep::Index(index), write)
    }

    fn within<R>(self, step: PathStep<'_>, write: impl FnOnce(Place<'_>) -> R) -> R {
        if self.notes.is_none() {
            return write(self);
        }
        write(Place {
            levels: self.levels,
            notes: self.notes,
            path: Some(&Path {
                outer: self.path,
                step,
            }),
        })
    }

    pub(super) fn note(self, doubt: Doubt) {
        let Some(notes) = self.notes else {
            return;
        };
        let mut steps = Vec::new();
        let mut path = self.path;
        while let Some(here) = path {
            steps.push(match here.step {
                PathStep::Name(name) => Step::Name(name.to_owned()),
                PathStep::Index(index) => Step::Index(index),
            });
            path = here.outer;
        }
        steps.reverse();
        notes.0.borrow_mut().push((steps, doubt));
    }
}

/// Returns whether an entry with this type of key is a struct's field. serde writes the fields of a struct that has a
/// flattened field with the `str` itself, and the keys of a map as references to the map's keys.
#[inline(always)]
pub(super) fn is_struct_field<K: ?Sized>() -> bool {
    type_name::<K>() == type_name::<str>()
}

/// Returns whether serde reads an absent attribute as this type, with the value that was written as absent.
pub(super) fn is_optional<T: ?Sized>() -> bool {
    const WRAPPERS: &[&str] = &[
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
