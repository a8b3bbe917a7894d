//! One error for several owners, because `Error` cannot be cloned.

use super::Error;
use std::fmt;
use std::sync::Arc;

/// An error with several owners: the callers who waited for one request, or the clones of one builder.
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

#[cfg(test)]
mod tests {
    use super::Shared;
    use crate::error::{Error, Failure, Service};
    use std::sync::Arc;

    #[test]
    fn a_shared_error_tells_what_the_error_tells() {
        let failure = Failure {
            writes: true,
            ..Failure::before_sending("out of order")
        };
        let outage = Error::Service(Service::new(failure, Some(503)));
        assert!(outage.is_ambiguous() && outage.is_retryable());
        let shared = Error::Shared(Shared::new(Arc::new(outage)));
        assert!(shared.is_ambiguous() && shared.is_retryable());
    }
}
