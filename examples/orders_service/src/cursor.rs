//! Cursors as clients see them: signed tokens.

use dkmio::{Cursor, Error};
use std::sync::Arc;

/// The key that cursors are signed with. All instances of the service share it; it comes from a secret of theirs.
#[derive(Clone)]
pub struct CursorKey(Arc<[u8]>);

impl CursorKey {
    /// Takes a key of at least 16 bytes.
    pub fn new(key: impl Into<Vec<u8>>) -> Option<Self> {
        let key = key.into();
        (key.len() >= 16).then(|| Self(key.into()))
    }

    pub(crate) fn sign(&self, cursor: &Cursor) -> Result<String, Error> {
        cursor.sign(&self.0)
    }

    /// Reads a token. The empty one is the start.
    pub(crate) fn verify(&self, token: &str) -> Result<Cursor, Error> {
        Cursor::verify(token, &self.0)
    }
}
