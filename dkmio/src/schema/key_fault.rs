//! `KeyFault`: why values are no key.

use crate::codec::CodecError;
use crate::error::{Error, InvalidKey};

/// Why values are no key.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub enum KeyFault {
    /// A value cannot be encoded.
    Encode(CodecError),
    /// The values are encoded, and DynamoDB or the key's template cannot take them. Boxed, so that a result without a
    /// fault stays in registers.
    Invalid(Box<InvalidKey>),
}

impl KeyFault {
    /// Adds the name of the key attribute to the path of an encoding error.
    pub(crate) fn within_name(self, name: &str) -> Self {
        match self {
            Self::Encode(e) => Self::Encode(e.within_name(name)),
            Self::Invalid(e) => Self::Invalid(e),
        }
    }

    pub(crate) fn into_error(self) -> Error {
        match self {
            Self::Encode(e) => e.into_encode(None),
            Self::Invalid(e) => Error::InvalidKey(*e),
        }
    }
}

impl From<CodecError> for KeyFault {
    fn from(e: CodecError) -> Self {
        Self::Encode(e)
    }
}

impl From<InvalidKey> for KeyFault {
    fn from(e: InvalidKey) -> Self {
        Self::Invalid(Box::new(e))
    }
}
