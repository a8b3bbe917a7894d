//! The names of attributes in the order in which they came, for they come again: DynamoDB writes the items of a page
//! alike, and the documents of a list.

/// How many names are kept.
const MOST: usize = 64;

/// The bytes of a text from which on its names are worth learning.
const WORTH: usize = 4_096;

/// The bytes that are compared at once.
type Head = u128;
const HEAD: usize = size_of::<Head>();

/// A name that came, as it stands in the text with what is around it: `"name":`, or `,"name":` behind another member.
pub(super) struct Known<'de> {
    /// Its first bytes, and which of these are its own.
    head: Head,
    mask: Head,
    pub(super) name: &'de str,
    /// Its place among the names that are watched.
    pub(super) watched: usize,
    /// How long all of it is.
    length: u32,
    /// Which one came after it the last time.
    next: u32,
}

impl<'de> Known<'de> {
    fn new(text: &str, name: &'de str, watched: usize) -> Option<Self> {
        let mut head = [0; HEAD];
        let length = text.len().min(HEAD);
        head.get_mut(..length)?
            .copy_from_slice(text.as_bytes().get(..length)?);
        Some(Self {
            head: Head::from_le_bytes(head),
            mask: Head::MAX >> (8 * (HEAD - length)),
            name,
            watched,
            length: text.len().try_into().ok()?,
            next: 0,
        })
    }

    /// How long it is with what is around it.
    #[inline]
    pub(super) fn length(&self) -> usize {
        self.length as usize
    }

    /// Whether the text begins with it.
    #[inline(always)]
    fn begins(&self, text: &[u8]) -> bool {
        let Some(head) = text.first_chunk() else {
            return false;
        };
        let differs = (Head::from_le_bytes(*head) ^ self.head) & self.mask;
        differs == 0 && (self.length() <= HEAD || self.begins_whole(text))
    }

    #[inline(never)]
    fn begins_whole(&self, text: &[u8]) -> bool {
        let before = self.length() - self.name.len() - 2;
        let behind = text.get(before..).unwrap_or_default();
        let behind = behind.strip_prefix(self.name.as_bytes());
        behind.is_some_and(|behind| behind.starts_with(b"\":"))
    }
}

/// Knows which name comes after which.
pub(super) struct Learned<'de> {
    /// Empty where nothing is learned.
    known: Vec<Known<'de>>,
    /// The one that came last.
    last: u32,
    /// The one that came after it the last time; here too, for it is wanted at once.
    next: u32,
    learns: bool,
}

impl<'de> Learned<'de> {
    /// Knows nothing yet, of a text of so many bytes.
    pub(super) fn of(length: usize) -> Self {
        Self {
            known: Vec::new(),
            last: 0,
            next: 0,
            learns: length >= WORTH,
        }
    }

    pub(super) fn learns(&self) -> bool {
        self.learns
    }

    /// Forgets what it knows.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        (self.last, self.next) = (0, 0);
    }

    /// Returns the name that the text begins with, if it is the one that came here the last time.
    #[inline(always)]
    pub(super) fn expected(&mut self, text: &[u8]) -> Option<&Known<'de>> {
        let known = self.known.get(self.next as usize)?;
        if !known.begins(text) {
            return None;
        }
        self.last = self.next;
        self.next = known.next;
        Some(known)
    }

    /// Remembers a name behind the one before.
    #[cold]
    pub(super) fn learn(&mut self, text: &str, name: &'de str, watched: usize) {
        let same = |known: &Known<'_>| known.length() == text.len() && known.name == name;
        let place = match self.known.iter().position(same) {
            Some(place) => place,
            None if self.known.len() < MOST => {
                self.known.extend(Known::new(text, name, watched));
                self.known.len().saturating_sub(1)
            }
            // So many names are data themselves.
            None => {
                self.learns = false;
                return;
            }
        };
        let place = u32::try_from(place).unwrap_or_default();
        if let Some(before) = self.known.get_mut(self.last as usize) {
            before.next = place;
        }
        self.last = place;
        self.next = self.known.get(place as usize).map_or(0, |known| known.next);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::reader::Reader;
    use super::WORTH;

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
            assert!(all.len() > WORTH);
            let mut reader = Reader::new(all.as_bytes()).unwrap();
            let mut elements = reader.array().unwrap();
            for item in items {
                assert!(reader.next_element(&mut elements).unwrap());
                let read = reader.item().unwrap();
                // By itself it is too short to learn from.
                if item.len() < WORTH {
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
