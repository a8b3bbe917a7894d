//! Why an item in a response cannot be decoded: the bytes are at fault, or a value is.

use super::fault::Fault;
use crate::codec::error::CodecError;

/// Why an item is not decoded.
#[derive(Debug)]
pub(crate) enum WireError {
    /// The bytes are no item, or only the SDK can read it: the response is given to the SDK's parser.
    Json(Fault),
    /// The bytes are an item that the type does not read.
    Value(CodecError),
}

/// For whoever has no SDK's parser to give the bytes to.
impl From<Fault> for CodecError {
    fn from(fault: Fault) -> Self {
        Self::new(fault.to_string())
    }
}

impl From<WireError> for CodecError {
    fn from(error: WireError) -> Self {
        match error {
            WireError::Json(fault) => fault.into(),
            WireError::Value(error) => error,
        }
    }
}

impl From<Fault> for WireError {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}
