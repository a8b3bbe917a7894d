//! Predicts the next name of an item from the items before it, because DynamoDB writes the items of a page, and the
//! documents of a list, with the same names in the same order. A name that was predicted is compared at once, not
//! searched for its end.

/// How many names are kept at most.
const MOST: usize = 64;

/// How many bytes a text must have for its names to be worth learning.
const MIN_TEXT: usize = 4_096;

/// The first bytes of a name, compared at once.
type FirstBytes = u128;
const FIRST_BYTES: usize = size_of::<FirstBytes>();

/// A name that has come, with the punctuation around it: `"name":`, or `,"name":` after another member.
pub(super) struct PredictedName<'de> {
    /// The first bytes of the name with its punctuation.
    first: FirstBytes,
    /// 1 for each bit of `first` that belongs to the name.
    mask: FirstBytes,
    pub(super) name: &'de str,
    /// Its index among the key attributes, or `NO_KEY`.
    pub(super) key_index: usize,
    /// The length with the punctuation.
    length: u32,
    /// The index of the name that came after this one the last time.
    next: u32,
}

impl<'de> PredictedName<'de> {
    fn new(text: &str, name: &'de str, key_index: usize) -> Option<Self> {
        let mut first = [0; FIRST_BYTES];
        let length = text.len().min(FIRST_BYTES);
        first
            .get_mut(..length)?
            .copy_from_slice(text.as_bytes().get(..length)?);
        Some(Self {
            first: FirstBytes::from_le_bytes(first),
            mask: FirstBytes::MAX >> (8 * (FIRST_BYTES - length)),
            name,
            key_index,
            length: text.len().try_into().ok()?,
            next: 0,
        })
    }

    /// Returns the length with the punctuation.
    #[inline]
    pub(super) fn length(&self) -> usize {
        self.length as usize
    }

    /// Whether the text begins with the name and its punctuation.
    #[inline(always)]
    fn begins(&self, text: &[u8]) -> bool {
        let Some(first) = text.first_chunk() else {
            return false;
        };
        let differs = (FirstBytes::from_le_bytes(*first) ^ self.first) & self.mask;
        differs == 0 && (self.length() <= FIRST_BYTES || self.begins_whole(text))
    }

    #[inline(never)]
    fn begins_whole(&self, text: &[u8]) -> bool {
        let before = self.length() - self.name.len() - 2;
        let rest = text.get(before..).unwrap_or_default();
        let rest = rest.strip_prefix(self.name.as_bytes());
        rest.is_some_and(|rest| rest.starts_with(b"\":"))
    }
}

/// The names that have come, and which name came after which.
pub(super) struct NamePredictor<'de> {
    /// Empty if nothing is learned.
    known: Vec<PredictedName<'de>>,
    /// The index of the name that came last.
    last: u32,
    /// The index of the name that is predicted: a copy of the last name's `next`, to have it without a look-up.
    next: u32,
    /// `false` once there are too many names, or if the text is short.
    learns: bool,
}

impl<'de> NamePredictor<'de> {
    /// Returns a predictor without names, for a text of `length` bytes.
    pub(super) fn of(length: usize) -> Self {
        Self {
            known: Vec::new(),
            last: 0,
            next: 0,
            learns: length >= MIN_TEXT,
        }
    }

    pub(super) fn learns(&self) -> bool {
        self.learns
    }

    /// Forgets all names.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        (self.last, self.next) = (0, 0);
    }

    /// Returns the predicted name, if the text begins with it.
    #[inline(always)]
    pub(super) fn expected(&mut self, text: &[u8]) -> Option<&PredictedName<'de>> {
        let known = self.known.get(self.next as usize)?;
        if !known.begins(text) {
            return None;
        }
        self.last = self.next;
        self.next = known.next;
        Some(known)
    }

    /// Remembers a name, and that it came after the last one.
    #[cold]
    pub(super) fn learn(&mut self, text: &str, name: &'de str, key_index: usize) {
        let same = |known: &PredictedName<'_>| known.length() == text.len() && known.name == name;
        let index = match self.known.iter().position(same) {
            Some(index) => index,
            None if self.known.len() < MOST => {
                self.known.extend(PredictedName::new(text, name, key_index));
                self.known.len().saturating_sub(1)
            }
            // So many different names are data, and do not come again.
            None => {
                self.learns = false;
                return;
            }
        };
        let index = u32::try_from(index).unwrap_or_default();
        if let Some(before) = self.known.get_mut(self.last as usize) {
            before.next = index;
        }
        self.last = index;
        self.next = self.known.get(index as usize).map_or(0, |known| known.next);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::reader::Reader;
    use super::MIN_TEXT;

    const NAMES: [&str; 10] = [
        "a",
        "ab",
        "twelve_chars",
        "thirteen_char",
        "a_name_of_more_than_sixteen_bytes",
        "a_name_of_more_than_sixteen_byteS",
        "b_name_of_more_than_sixteen_bytes",
        r#"\u0061\""#,
        "é",
        "",
    ];

    fn item(random: &mut fastrand::Rng, depth: usize) -> String {
        let mut members: Vec<String> = Vec::new();
        for name in NAMES {
            // Most items are alike, and some are not.
            if random.u8(..8) == 0 {
                continue;
            }
            let value = match (random.u8(..6), depth) {
                (0, 0) => format!("{{\"M\":{}}}", item(random, depth + 1)),
                (1, _) => format!("{{\"N\": \"{}\"}}", random.u8(..)),
                _ => format!("{{\"S\":\"{}\"}}", random.alphabetic()),
            };
            let colon = if random.u8(..20) == 0 { " : " } else { ":" };
            members.push(format!("\"{name}\"{colon}{value}"));
        }
        if random.u8(..10) == 0 {
            let data = |_| format!("\"{}\":{{\"BOOL\":true}}", random.u32(..));
            members.extend((0..20).map(data));
        }
        format!("{{{}}}", members.join(","))
    }

    #[test]
    fn what_is_learned_changes_nothing() {
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..50 {
            let items: Vec<String> = (0..60).map(|_| item(&mut random, 0)).collect();
            let all = format!("[{}]", items.join(","));
            assert!(all.len() > MIN_TEXT);
            let mut reader = Reader::new(all.as_bytes()).unwrap();
            let mut elements = reader.array().unwrap();
            for item in items {
                assert!(reader.next_element(&mut elements).unwrap());
                let read = reader.item().unwrap();
                // Alone, an item is too short to learn from.
                if item.len() < MIN_TEXT {
                    let alone = Reader::of_item(item.as_bytes()).unwrap().item();
                    assert_eq!(read, alone.unwrap());
                }
            }
        }
    }

    #[test]
    fn a_comma_too_much_or_too_little_is_still_refused() {
        let good =
            r#"{"first":{"N":"1"},"second":{"N":"2"},"a_third_one_of_many_bytes":{"N":"3"}}"#;
        let many = vec![good; 100].join(",");
        for bad in [
            good.replacen('{', "{,", 1),
            good.replace("},\"second", "}\"second"),
            good.replace("},\"second", "},,\"second"),
            good.replace("\"second\":", "\"second\""),
            good.replace("},\"a_third", "}\"a_third"),
            good.replace("_bytes\":", "_bytes\";"),
            good.replace("}}", "},}"),
        ] {
            let all = format!("[{many},{bad}]");
            let mut reader = Reader::new(all.as_bytes()).unwrap();
            let mut elements = reader.array().unwrap();
            for _ in 0..100 {
                assert!(reader.next_element(&mut elements).unwrap());
                assert_eq!(reader.item().unwrap().len(), 3);
            }
            assert!(reader.next_element(&mut elements).unwrap());
            assert!(reader.item().is_err(), "{bad}");
        }
    }
}
