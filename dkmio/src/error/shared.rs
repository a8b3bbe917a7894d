use super::Error;
use std::fmt;
use std::sync::Arc;

/// An error that several have: the callers who waited for one request, or the clones of one builder.
#[derive(Clone)]
pub struct Shared(Arc<Error>);

impl Shared {
    pub(crate) fn new(error: Arc<Error>) -> Self {
        Self(error)
    }

    /// Returns the error itself.
    pub fn error(&self) -> &Error {
        &self.0
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Shared {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
