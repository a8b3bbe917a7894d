//! The error of a checkpoint that could not be loaded or saved.

use super::Error;
use std::error::Error as StdError;
use std::fmt;

type BoxError = Box<dyn StdError + Send + Sync + 'static>;

/// The checkpoint of a consumer that could not be loaded or saved, or is of another stream.
///
/// [`Checkpoints`](crate::Checkpoints) of your own make it with [`CheckpointError::new`].
pub struct CheckpointError {
    source: BoxError,
}

impl CheckpointError {
    /// Makes the error of a store.
    pub fn new(source: impl Into<BoxError>) -> Self {
        Self {
            source: source.into(),
        }
    }
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the checkpoint was not loaded or saved: {}", self.source)
    }
}

impl fmt::Debug for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CheckpointError")
            .field(&self.source)
            .finish()
    }
}

impl StdError for CheckpointError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}

impl From<CheckpointError> for Error {
    fn from(error: CheckpointError) -> Self {
        Self::Checkpoint(error)
    }
}
