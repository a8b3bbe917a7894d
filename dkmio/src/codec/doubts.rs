//! What may not read back as it was written, noted with its path while a value is encoded.
//!
//! serde reads flattened structs, and tagged or untagged enums, through a buffer of its own, which does not hold
//! everything. A serializer does not see whether there is a buffer. So values that may be lost in one are noted, and
//! [`check_reads_back`](super::check_reads_back) reads them back.

use super::error::PathStep;
use std::cell::RefCell;

/// Why a value may not read back as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// serde's buffer holds no integer of 128 bits.
    WideInteger,
    /// serde's buffer does not read the name of a map entry as a number.
    NameNotString,
    /// Nothing was written of a field that is neither an `Option` nor a `Set`.
    NothingWritten,
    /// A map that is flattened into a struct wrote a name, which may be a field's of the struct.
    FlattenedName,
}

impl Doubt {
    /// Returns the message for a value that is lost because of this doubt.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::WideInteger => {
                "serde does not read an integer of 128 bits inside a flattened struct, or a tagged or untagged enum; use `dkmio::Number`, or 64 bits"
            }
            Self::NameNotString => {
                "serde does not read numbers and booleans as the names of a map inside a flattened struct, or a tagged or untagged enum; use `String` for the keys"
            }
            Self::NothingWritten => {
                "nothing is written of this field, and without it the item does not read back as it is; add `#[serde(default)]`, or use an `Option`"
            }
            Self::FlattenedName => {
                "the struct reads this name as a field of its own, and a map that is flattened into it writes it too; take it out of the map"
            }
        }
    }
}

/// A doubt and the path of its value.
pub(super) type DoubtAt = (Vec<PathStep>, Doubt);

/// The doubts about one value. Filled through `Nesting`, and taken by `sdk_values`.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    noted: RefCell<Vec<DoubtAt>>,
    /// The path of an entry whose name was written, and whose value was not.
    unwritten: RefCell<Option<Vec<PathStep>>>,
}

impl Doubts {
    pub(super) fn add(&self, path: Vec<PathStep>, doubt: Doubt) {
        self.noted.borrow_mut().push((path, doubt));
    }

    /// Notes the entry whose value was not written.
    pub(super) fn set_unwritten(&self, path: Vec<PathStep>) {
        self.unwritten.borrow_mut().get_or_insert(path);
    }

    /// Returns the entry that ended the encoding.
    pub(super) fn take_unwritten(&self) -> Option<Vec<PathStep>> {
        self.unwritten.take()
    }

    /// Returns the doubts in the order of their paths, because maps hand out their entries in any order.
    pub(super) fn into_sorted(self) -> Vec<DoubtAt> {
        let mut doubts = self.noted.into_inner();
        doubts.sort();
        doubts.dedup();
        doubts
    }
}
