/// A string of bytes that decisions are taken from; zeros when it is used up.
pub struct Source<'a>(&'a [u8]);

impl<'a> Source<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number below the bound.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::from(self.byte()) % bound
    }

    /// One in so many times; never when it is used up.
    pub fn rarely(&mut self, times: usize) -> bool {
        self.below(times) == 1
    }

    pub fn one_of<'b, T: ?Sized>(&mut self, all: &[&'b T]) -> &'b T {
        all[self.below(all.len())]
    }

    pub fn array<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    pub fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.byte()).collect()
    }

    pub fn text(&mut self) -> String {
        const CHARS: [char; 16] = [
            'a',
            'b',
            'z',
            ' ',
            '"',
            '\\',
            '/',
            '\n',
            '\u{1}',
            '\u{7f}',
            'é',
            '€',
            '\u{1f600}',
            '\u{ffff}',
            '0',
            '-',
        ];
        let length = match self.below(16) {
            15 => 40,
            length => length,
        };
        (0..length).map(|_| CHARS[self.below(16)]).collect()
    }

    /// Text that is a number, mostly.
    pub fn number(&mut self) -> String {
        const NUMBERS: [&str; 24] = [
            "0",
            "-0",
            "1",
            "-1",
            "127",
            "128",
            "-129",
            "255",
            "256",
            "65536",
            "4294967296",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "1E2",
            "1.50",
            "100.0",
            "1e-130",
            "9.9e125",
            "1e400",
            "+5",
            "0.1",
            "16777217",
            "",
        ];
        match self.below(4) {
            0 => self.one_of(&NUMBERS).to_owned(),
            1 => i64::from_le_bytes(self.array()).to_string(),
            2 => f64::from_le_bytes(self.array()).to_string(),
            _ => (0..self.below(45))
                .map(|_| char::from(b"0123456789.eE+-"[self.below(15)]))
                .collect(),
        }
    }

    /// A name of an attribute or variant of the models in the tests, or any.
    pub fn name(&mut self) -> String {
        const NAMES: [&str; 48] = [
            "a", "b", "text", "letter", "yes", "small", "large", "double", "single", "maybe",
            "list", "tuple", "map", "numbered", "shape", "tagged", "adjacent", "untagged", "unit",
            "extra", "kind", "t", "c", "radius", "Unit", "Newtype", "Tuple", "Struct", "side",
            "name", "circle", "nothing", "Number", "Words", "bytes", "words", "numbers", "exact",
            "wide", "", "é", "1", "-7", "true", "S", "__type", "a\"b", "x",
        ];
        match self.below(52) {
            at @ 0..48 => NAMES[at].to_owned(),
            _ => self.text(),
        }
    }
}
