use super::short::Short;

/// The names of one map, to notice one that comes twice.
///
/// It keeps fingerprints: two names with the same one count as one name, so what is found here is only suspected.
pub(super) struct Names {
    /// Open addressing; 0 is a free slot. Never more than half full.
    few: [u64; FEW],
    many: Vec<u64>,
    count: usize,
}

const FEW: usize = 32;

impl Names {
    pub(super) fn new() -> Self {
        Self {
            few: [0; FEW],
            many: Vec::new(),
            count: 0,
        }
    }

    /// Adds a name; `false` if it is there already.
    pub(super) fn insert(&mut self, name: &[u8]) -> bool {
        self.insert_fingerprint(fingerprint(name))
    }

    /// Adds a name by its [`fingerprint`].
    #[inline]
    pub(super) fn insert_fingerprint(&mut self, fingerprint: u64) -> bool {
        if self.count < FEW / 2 {
            self.count += 1;
            return place(&mut self.few, fingerprint);
        }
        self.insert_many(fingerprint)
    }

    #[inline(never)]
    fn insert_many(&mut self, fingerprint: u64) -> bool {
        if self.count * 2 >= self.slots().len() {
            self.grow();
        }
        self.count += 1;
        place(self.slots(), fingerprint)
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
            place(&mut larger, *known);
        }
        self.many = larger;
    }
}

/// `slots` is a power of two, and has a free one.
#[inline(always)]
fn place(slots: &mut [u64], fingerprint: u64) -> bool {
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

/// Nearly always another one for another name. Never 0.
#[inline(always)]
pub(super) fn fingerprint(name: &[u8]) -> u64 {
    match Short::of(name) {
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
    // What is left over is read together with bytes before it.
    let last = name
        .last_chunk()
        .map_or(0, |last| u64::from_le_bytes(*last));
    (hash.rotate_left(29) ^ last).wrapping_mul(FACTOR).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_came_before_is_known() {
        for count in [0, 1, 15, 16, 17, 63, 64, 65, 5000] {
            let mut names = Names::new();
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
