//! The vector of a search in the bytes that are sent.

use std::fmt;
use std::sync::Arc;

/// The numbers of a vector in DynamoDB JSON: `[{"N":"0.1"},..]`. Made by the codec, and sent by the executor.
#[derive(Clone)]
pub(crate) struct EncodedVector {
    json: Arc<[u8]>,
}

impl EncodedVector {
    pub(crate) fn new(json: &[u8]) -> Self {
        Self { json: json.into() }
    }

    pub(crate) fn json(&self) -> &[u8] {
        &self.json
    }
}

/// Shows the size only, because values do not belong in logs.
impl fmt::Debug for EncodedVector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a vector of {} bytes", self.json.len())
    }
}
