use std::fmt;

/// An item in DynamoDB JSON, as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct EncodedItem {
    json: Vec<u8>,
    size: usize,
}

impl EncodedItem {
    pub(crate) fn new(json: Vec<u8>, size: usize) -> Self {
        Self { json, size }
    }

    pub(crate) fn json(&self) -> &[u8] {
        &self.json
    }

    /// Returns the size in bytes, as DynamoDB counts it against its limits.
    pub(crate) fn size(&self) -> usize {
        self.size
    }
}

/// Without values.
impl fmt::Debug for EncodedItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an item of {} bytes", self.size)
    }
}
