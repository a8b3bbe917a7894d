use std::fmt;

/// Why bytes are no item in DynamoDB JSON, and where.
///
/// It says nothing about the Rust type: the SDK's own parser refuses the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    /// The offset in bytes.
    pub(crate) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Not the character that JSON wants here, or none at all.
    Expected(&'static str),
    Utf8,
    Control,
    Escape,
    Number,
    Base64,
    /// A value object without a type, or with several.
    Types,
    /// A type that the SDK does not know, and that only the SDK can make a value of.
    Unknown,
    /// More containers in each other than the SDK reads.
    Depth,
    /// A name twice in one map. The SDK keeps the last, and the first may have been read: begin again.
    Repeated,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not DynamoDB JSON: ")?;
        match self.kind {
            FaultKind::Expected(what) => write!(f, "expected {what}"),
            FaultKind::Utf8 => f.write_str("not UTF-8"),
            FaultKind::Control => {
                f.write_str("a control character in a string, which must be escaped")
            }
            FaultKind::Escape => f.write_str("an invalid escape in a string"),
            FaultKind::Number => f.write_str("an invalid number"),
            FaultKind::Base64 => f.write_str("binary data that is not base64"),
            FaultKind::Types => {
                f.write_str("a value must have one type, as in `{\"S\": \"text\"}`")
            }
            FaultKind::Unknown => f.write_str("a value of a type that this version does not know"),
            FaultKind::Depth => f.write_str("too many levels of lists and maps"),
            FaultKind::Repeated => f.write_str("a name twice in one map"),
        }?;
        write!(f, ", at byte {}", self.at)
    }
}
