//! The types of DynamoDB's values.

use super::error::CodecError;
use crate::value::AttributeValue;

/// A type of DynamoDB's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueKind {
    S,
    N,
    B,
    Bool,
    Null,
    L,
    M,
    Ss,
    Ns,
    Bs,
    Unknown,
}

impl ValueKind {
    pub(crate) fn of(value: &AttributeValue) -> Self {
        match value {
            AttributeValue::S(_) => Self::S,
            AttributeValue::N(_) => Self::N,
            AttributeValue::B(_) => Self::B,
            AttributeValue::Bool(_) => Self::Bool,
            AttributeValue::Null(_) => Self::Null,
            AttributeValue::L(_) => Self::L,
            AttributeValue::M(_) => Self::M,
            AttributeValue::Ss(_) => Self::Ss,
            AttributeValue::Ns(_) => Self::Ns,
            AttributeValue::Bs(_) => Self::Bs,
            _ => Self::Unknown,
        }
    }

    /// Returns the letter of the type, for types whose content is a string that is read as text.
    #[inline]
    pub(super) fn tag(self) -> Option<u8> {
        match self {
            Self::S => Some(b'S'),
            Self::N => Some(b'N'),
            _ => None,
        }
    }

    /// Names the type in DynamoDB's words, for messages.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::S => "a string",
            Self::N => "a number",
            Self::B => "binary data",
            Self::Bool => "a boolean",
            Self::Null => "NULL",
            Self::L => "a list",
            Self::M => "a map",
            Self::Ss => "a string set",
            Self::Ns => "a number set",
            Self::Bs => "a binary set",
            Self::Unknown => "a value of a type that this version does not know",
        }
    }

    pub(super) fn is_set(self) -> bool {
        matches!(self, Self::Ss | Self::Ns | Self::Bs)
    }

    /// Returns the error that a set is not read as a list.
    #[cold]
    pub(super) fn not_a_list(self) -> CodecError {
        CodecError::new(format!(
            "expected a list, found {}, which would be written back as a list; use `dkmio::Set`",
            self.words()
        ))
    }

    /// Returns the error that another type was expected.
    #[cold]
    pub(super) fn instead_of(self, what: &str) -> CodecError {
        CodecError::new(format!("expected {what}, found {}", self.words()))
    }
}
