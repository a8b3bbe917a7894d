//! Where the key of an item stands, noted while the item is decoded.

use std::ptr;

/// The place of a name that is not watched.
pub(super) const NONE: usize = usize::MAX;

/// Attributes of an item, of which is noted where their values stand.
pub(super) struct KeyOffsets {
    names: [&'static str; 2],
    /// Where the values begin and end; zero where that is not known.
    starts: [usize; 2],
    ends: [usize; 2],
    /// The one whose value the reader goes through, or none.
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
            open: NONE,
            depth,
        }
    }

    /// Whether these are its names, for certain.
    pub(super) fn is_for(&self, names: [&'static str; 2]) -> bool {
        let mut pairs = self.names.iter().zip(names);
        pairs.all(|(own, other)| ptr::eq(*own, other))
    }

    /// Returns the place of a name among its own, or none.
    pub(super) fn place(&self, name: &str) -> usize {
        let place = self.names.iter().position(|own| *own == name);
        place.unwrap_or(NONE)
    }

    #[inline]
    pub(super) fn is_at(&self, depth: u32) -> bool {
        self.depth == depth
    }

    /// The value of the name at this place begins, if there is one.
    #[inline(always)]
    pub(super) fn begin(&mut self, place: usize, position: usize) {
        if let Some(start) = self.starts.get_mut(place) {
            *start = position;
            self.open = place;
        }
    }

    /// The value that has begun ends.
    #[inline(always)]
    pub(super) fn end(&mut self, position: usize) {
        if let Some(end) = self.ends.get_mut(self.open) {
            *end = position;
        }
        self.open = NONE;
    }

    /// Returns where a value begins, and where it ends, as far as that is known.
    #[inline]
    pub(super) fn noted(&self, place: usize) -> (Option<usize>, Option<usize>) {
        let noted = |places: &[usize; 2]| places.get(place).copied().filter(|at| *at > 0);
        (noted(&self.starts), noted(&self.ends))
    }
}
