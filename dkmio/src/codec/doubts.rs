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

/// A doubt and the path of its value.
pub(super) type DoubtAt = (Vec<PathStep>, Doubt);

/// The doubts about one item. Filled through `Nesting`, and taken by `encode_with_doubts`.
#[derive(Debug, Default)]
pub(super) struct Doubts(RefCell<Vec<DoubtAt>>);

impl Doubts {
    pub(super) fn add(&self, path: Vec<PathStep>, doubt: Doubt) {
        self.0.borrow_mut().push((path, doubt));
    }

    /// Returns the doubts in the order of their paths, because maps hand out their entries in any order.
    pub(super) fn into_sorted(self) -> Vec<DoubtAt> {
        let mut doubts = self.0.into_inner();
        doubts.sort();
        doubts.dedup();
        doubts
    }
}
