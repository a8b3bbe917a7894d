//! What became of a value that was to be written in one pass.

use serde::ser;
use std::fmt;

/// The value was refused. Encoding it by way of the SDK's values gives the item, or the error.
#[derive(Debug)]
pub(super) struct NotInOnePass;

impl fmt::Display for NotInOnePass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be written in one pass")
    }
}

impl std::error::Error for NotInOnePass {}

impl ser::Error for NotInOnePass {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// What was written of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenAs {
    /// A value other than those below.
    Value,
    /// NULL, which reads as `None`.
    Null,
    /// An empty set. It was written and must be removed, because DynamoDB has none.
    EmptySet,
    /// Nothing, for serde's `None`.
    Nothing,
}
