//! `WrongKind`: an item of another kind at the key that was read.

use super::{DecodeError, Error};
use crate::value::Item;
use std::fmt;

/// An item of another kind, or of none, at the key of an entity.
///
/// It is not `None`, because a put with `if_not_exists()` would fail there too.
///
/// # Examples
///
/// ```
/// use dkmio::Error;
///
/// /// Returns a line for the log.
/// fn described(error: &Error) -> Option<String> {
///     match error {
///         Error::WrongKind(e) => Some(format!("there is something at the key that is no {}", e.expected())),
///         _ => None,
///     }
/// }
/// ```
pub struct WrongKind {
    expected: &'static str,
    error: DecodeError,
}

impl WrongKind {
    pub(super) fn new(expected: &'static str, error: DecodeError) -> Self {
        Self { expected, error }
    }

    /// Returns the kind that was to be read, as `#[entity(kind = "..")]` says.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// Returns the table's name.
    pub fn table(&self) -> Option<&str> {
        self.error.table()
    }

    /// Returns the item's key, so that the item can be looked at; it is not printed.
    pub fn key(&self) -> Option<&Item> {
        self.error.key()
    }

    /// Returns whether the item is what a write returned, so that the write was done although this is an error.
    pub fn after_write(&self) -> bool {
        self.error.after_write()
    }

    pub(super) fn mark_written(&mut self) {
        self.error.mark_written();
    }
}

impl fmt::Display for WrongKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.error, f)
    }
}

impl fmt::Debug for WrongKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WrongKind")
            .field("expected", &self.expected)
            .field("table", &self.error.table())
            .finish()
    }
}

impl std::error::Error for WrongKind {}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        match error.expected_kind() {
            Some(expected) => Self::WrongKind(WrongKind::new(expected, error)),
            None => Self::Decode(error),
        }
    }
}
