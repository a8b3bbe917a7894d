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

impl From<Fault> for WireError {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}
