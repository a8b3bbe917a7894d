//! The names of one map, to notice a name that comes twice.

use super::short_text::ShortText;

/// A set of fingerprints of names. Two names may share a fingerprint, so a name that it has is only suspected to come
/// twice.
pub(super) struct NameSet {
    /// The slots of an open-addressing table, 0 if free. At most half of them are taken.
    few: [u64; FEW],
    /// The slots once `few` would be too few; empty until then.
    many: Vec<u64>,
    count: usize,
}

const FEW: usize = 32;

impl NameSet {
    pub(super) fn new() -> Self {
        Self {
            few: [0; FEW],
            many: Vec::new(),
            count: 0,
        }
    }

    /// Adds a name. Returns `false` if the set may have it already.
    pub(super) fn insert(&mut self, name: &[u8]) -> bool {
        self.insert_fingerprint(fingerprint(name))
    }

    /// Adds a name by its [`fingerprint`].
    #[inline]
    pub(super) fn insert_fingerprint(&mut self, fingerprint: u64) -> bool {
        if self.count < FEW / 2 {
            self.count += 1;
            return put(&mut self.few, fingerprint);
        }
        self.insert_many(fingerprint)
    }

    #[inline(never)]
    fn insert_many(&mut self, fingerprint: u64) -> bool {
        if self.count * 2 >= self.slots().len() {
            self.grow();
        }
        self.count += 1;
        put(self.slots(), fingerprint)
    }

    fn slots(&mut self) -> &mut [u64] {
        if self.many.is_empty() {
            &mut self.few
        } else {
            &mut self.many
        }
    }

    #[cold]
    fn grow(&mut self) {
        let mut larger = vec![0; self.slots().len() * 4];
        for known in self.slots().iter().filter(|slot| **slot != 0) {
            put(&mut larger, *known);
        }
        self.many = larger;
    }
}

/// Puts a fingerprint into its slot. Returns `false` if it is there. The number of slots is a power of two, and one is
/// free.
#[inline(always)]
fn put(slots: &mut [u64], fingerprint: u64) -> bool {
    let mask = slots.len() - 1;
    let mut at = (fingerprint >> 32) as usize;
    loop {
        let slot = &mut slots[at & mask];
        if *slot == 0 {
            *slot = fingerprint;
            return true;
        }
        if *slot == fingerprint {
            return false;
        }
        at += 1;
    }
}

/// Returns a number, never 0, that two names nearly never share.
#[inline(always)]
pub(super) fn fingerprint(name: &[u8]) -> u64 {
    match ShortText::of(name) {
        Some(short) => short.fingerprint(),
        None => long_fingerprint(name),
    }
}

#[inline(never)]
fn long_fingerprint(name: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = (name.len() as u64).wrapping_mul(FACTOR);
    for word in name.as_chunks().0 {
        hash = (hash.rotate_left(29) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    // The bytes left over are read together with bytes before them.
    let last = name
        .last_chunk()
        .map_or(0, |last| u64::from_le_bytes(*last));
    (hash.rotate_left(29) ^ last).wrapping_mul(FACTOR).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_came_before_are_found() {
        for count in [0, 1, 15, 16, 17, 63, 64, 65, 5000] {
            let mut names = NameSet::new();
            for i in 0..count {
                assert!(
                    names.insert(format!("a_long_name_{i}").as_bytes()),
                    "{i} of {count}"
                );
            }
            for i in 0..count {
                assert!(
                    !names.insert(format!("a_long_name_{i}").as_bytes()),
                    "{i} of {count}"
                );
            }
        }
    }
}
