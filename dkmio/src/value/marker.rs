//! How our types announce themselves to the codec: serde has no sets and no exact numbers, so the name of a newtype says it.
//!
//! Other formats pass over the name and write what is in the newtype.

/// The name under which a [`Number`](super::Number) hands over its text, or an integer or float of the same value.
pub(crate) const NUMBER_MARKER: &str = "$dkmio::Number";

/// The name of binary data in base64, which other formats write as that text.
pub(crate) const BINARY_MARKER: &str = "$dkmio::Binary";

/// The name of an empty set that must not be taken for an absent one.
pub(crate) const EMPTY_SET_MARKER: &str = "$dkmio::EmptySet";

/// The name under which a [`Set`](super::Set) is read.
pub(crate) const SET_MARKER: &str = "$dkmio::Set";

/// How many newtypes the codec puts around a set or a long number for serde's buffer, which takes off one for each
/// newtype of the user's.
pub(crate) const NEWTYPE_LEVELS: u8 = 4;

/// What a newtype's name tells the codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Number,
    Binary,
    EmptySet,
    Set(SetMarker),
}

/// The type of a set's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetMarker {
    Strings,
    Numbers,
    Binary,
}

impl SetMarker {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Strings => "$dkmio::Set<S>",
            Self::Numbers => "$dkmio::Set<N>",
            Self::Binary => "$dkmio::Set<B>",
        }
    }
}

impl Marker {
    /// Recognises our names, and those of `serde_dynamo`'s `string_set`, `number_set` and `binary_set`, so that
    /// structs which were written for it keep their meaning.
    #[inline]
    pub(crate) fn of(newtype: &str) -> Option<Self> {
        Some(match newtype {
            NUMBER_MARKER => Self::Number,
            BINARY_MARKER => Self::Binary,
            EMPTY_SET_MARKER => Self::EmptySet,
            "$dkmio::Set<S>" | "\u{37E}STRINGSET\u{37E}" => Self::Set(SetMarker::Strings),
            "$dkmio::Set<N>" | "\u{37E}NUMBERSET\u{37E}" => Self::Set(SetMarker::Numbers),
            "$dkmio::Set<B>" | "\u{37E}BYTESSET\u{37E}" => Self::Set(SetMarker::Binary),
            _ => return None,
        })
    }
}
