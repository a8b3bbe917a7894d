//! Records where the values of an item's key are, while the item is decoded.

use super::cursor::Reader;
use crate::codec::wire::key_offsets::KeyOffsets;

impl Reader<'_> {
    /// Begins to record the offsets of these attributes of the item that is read next.
    pub(in crate::codec::wire) fn record_keys(&mut self, names: [&'static str; 2]) {
        let keys = self.key_offsets.as_ref();
        if !keys.is_some_and(|keys| keys.is_for(names)) {
            // The names that the predictor knows carry indexes among other keys.
            self.predictor.forget();
        }
        self.key_offsets = Some(KeyOffsets::new(names, self.depth + 1));
    }

    /// Returns where the value of a key attribute begins and ends. Either is `None` if it was not recorded.
    pub(in crate::codec::wire) fn key_offsets(
        &self,
        index: usize,
    ) -> (Option<usize>, Option<usize>) {
        let keys = self.key_offsets.as_ref();
        keys.map_or((None, None), |keys| keys.recorded(index))
    }

    /// Whether key attributes are recorded in the map that has just been entered.
    #[inline]
    pub(in crate::codec::wire) fn records_keys(&self) -> bool {
        let keys = self.key_offsets.as_ref();
        keys.is_some_and(|keys| keys.is_at(self.depth))
    }

    /// Records that the value before ended at `end`, and that the value at the position begins, if its name is a key's.
    #[inline(always)]
    pub(in crate::codec::wire) fn begin_value(&mut self, end: usize) {
        if let Some(keys) = &mut self.key_offsets {
            keys.end(end);
            keys.begin(self.key_index, self.position);
        }
    }

    /// Records that a value has ended at `end`, which is 0 if that is not known.
    #[inline(always)]
    pub(in crate::codec::wire) fn end_value(&mut self, end: usize) {
        if let Some(keys) = &mut self.key_offsets {
            keys.end(end);
        }
    }
}
