//! Where the key of an item is in a response, recorded while the item is decoded.

use std::ptr;

/// The index of a name that is none of the key attributes.
pub(super) const NO_KEY: usize = usize::MAX;

/// Byte offsets of up to two attributes' values, recorded while an item is decoded.
pub(super) struct KeyOffsets {
    names: [&'static str; 2],
    /// Where the values begin; 0 where that is not known.
    starts: [usize; 2],
    /// Where the values end; 0 where that is not known.
    ends: [usize; 2],
    /// The index of the attribute whose value is being read, or [`NO_KEY`].
    open: usize,
    /// The depth of the item's attributes.
    depth: u32,
}

impl KeyOffsets {
    pub(super) fn new(names: [&'static str; 2], depth: u32) -> Self {
        Self {
            names,
            starts: [0; 2],
            ends: [0; 2],
            open: NO_KEY,
            depth,
        }
    }

    /// Whether the offsets are certainly of these names. Compares pointers, so `false` may be wrong.
    pub(super) fn is_for(&self, names: [&'static str; 2]) -> bool {
        let mut pairs = self.names.iter().zip(names);
        pairs.all(|(own, other)| ptr::eq(*own, other))
    }

    /// Returns the index of a name among the key attributes, or [`NO_KEY`].
    pub(super) fn index_of(&self, name: &str) -> usize {
        let index = self.names.iter().position(|own| *own == name);
        index.unwrap_or(NO_KEY)
    }

    #[inline]
    pub(super) fn is_at(&self, depth: u32) -> bool {
        self.depth == depth
    }

    /// Records where the value of a key attribute begins. Does nothing for [`NO_KEY`].
    #[inline(always)]
    pub(super) fn begin(&mut self, index: usize, position: usize) {
        if let Some(start) = self.starts.get_mut(index) {
            *start = position;
            self.open = index;
        }
    }

    /// Records where the value that has begun ends.
    #[inline(always)]
    pub(super) fn end(&mut self, position: usize) {
        if let Some(end) = self.ends.get_mut(self.open) {
            *end = position;
        }
        self.open = NO_KEY;
    }

    /// Returns where a value begins and where it ends, each if it was recorded.
    #[inline]
    pub(super) fn recorded(&self, index: usize) -> (Option<usize>, Option<usize>) {
        let recorded = |offsets: &[usize; 2]| offsets.get(index).copied().filter(|at| *at > 0);
        (recorded(&self.starts), recorded(&self.ends))
    }
}
