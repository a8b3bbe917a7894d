//! `MemberFault`: why a value cannot be a member of a key.

use std::fmt;

/// Why a value cannot be a member of a key. Never holds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberFault {
    Empty,
    NoText,
    NoInteger,
    /// It has more digits than this.
    Digits(usize),
    /// The text of its type has always this many bytes, and this one has not, or has others than letters and digits.
    Width(usize),
    /// It has the character in it that separates it from the others.
    Separator(char),
    /// It has U+10FFFF in it.
    LastCharacter,
}

impl fmt::Display for MemberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("is empty; all items for which it is empty would have one key")
            }
            Self::NoText => f.write_str("is not stored as a string"),
            Self::NoInteger => f.write_str("is not stored as a whole number"),
            Self::Digits(width) => {
                write!(
                    f,
                    "has more than {width} digits, and would not sort among the others"
                )
            }
            Self::Width(width) => write!(
                f,
                "is not the text of {width} bytes that its type has, and would not sort among the others"
            ),
            Self::Separator(separator) => write!(
                f,
                "has the separator `{separator}` in it, and would read back as another key"
            ),
            Self::LastCharacter => f.write_str("has U+10FFFF in it, which is no character of text"),
        }
    }
}
