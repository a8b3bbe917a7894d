//! Why bytes are not DynamoDB JSON.

use std::fmt;

/// Why bytes are no item in DynamoDB JSON, and where.
///
/// A fault says nothing about the Rust type: the SDK's own parser refuses the same bytes.
///
/// It fits a register, because nearly every function of the reader returns one or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    /// The byte offset, or `u32::MAX` for a larger one.
    pub(crate) at: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// JSON allows only this token here.
    Expected(Token),
    Utf8,
    Control,
    Escape,
    Number,
    Base64,
    /// A value object without a type, or with several.
    Types,
    /// A type that the SDK does not know. Only the SDK can make a value of it.
    Unknown,
    /// Objects and arrays nested more deeply than the SDK reads.
    Depth,
    /// A name twice in one map. The SDK keeps the last value, and the first may have been read already, so the item is
    /// read again.
    Repeated,
}

/// What JSON allows at the offset of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Object,
    Array,
    NameOrEnd,
    NextElementOrEnd,
    NextMemberOrEnd,
    Colon,
    String,
    Quote,
    Null,
    Boolean,
    Value,
    End,
}

impl Fault {
    #[cold]
    pub(super) fn new(kind: FaultKind, at: usize) -> Self {
        Self {
            kind,
            at: u32::try_from(at).unwrap_or(u32::MAX),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not DynamoDB JSON: ")?;
        f.write_str(match self.kind {
            FaultKind::Expected(token) => match token {
                Token::Object => "expected `{`",
                Token::Array => "expected `[`",
                Token::NameOrEnd => "expected a name in quotes, or `}`",
                Token::NextElementOrEnd => "expected `,` or `]`",
                Token::NextMemberOrEnd => "expected `,` or `}`",
                Token::Colon => "expected `:`",
                Token::String => "expected a string",
                Token::Quote => "expected `\"` at the end of a string",
                Token::Null => "expected `null`",
                Token::Boolean => "expected `true` or `false`",
                Token::Value => "expected a value",
                Token::End => "expected nothing after the item",
            },
            FaultKind::Utf8 => "not UTF-8",
            FaultKind::Control => "a control character in a string, which must be escaped",
            FaultKind::Escape => "an invalid escape in a string",
            FaultKind::Number => "an invalid number",
            FaultKind::Base64 => "binary data that is not base64",
            FaultKind::Types => "a value must have one type, as in `{\"S\": \"text\"}`",
            FaultKind::Unknown => "a value of a type that this version does not know",
            FaultKind::Depth => "too many levels of lists and maps",
            FaultKind::Repeated => "a name twice in one map",
        })?;
        write!(f, ", at byte {}", self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_fits_a_register() {
        assert!(size_of::<Result<bool, Fault>>() <= 8);
    }
}
