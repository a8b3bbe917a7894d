//! The error of a connection that is not set up, whether dkmio, the SDK or DynamoDB found it.

use super::failure::{Failure, MAYBE_WRITTEN};
use std::error::Error as StdError;
use std::fmt;

/// Region, credentials, connection or a stream are not set up.
pub struct Configuration {
    message: String,
    /// The failed request; `None` if none was made.
    failure: Option<Box<Failure>>,
}

impl Configuration {
    /// Makes the error of a fault that was found before any request was made.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            failure: None,
        }
    }

    /// Makes the error of a request whose last attempt could not be sent.
    pub(super) fn not_set_up(failure: Failure) -> Self {
        Self {
            message: failure.message.clone(),
            failure: Some(Box::new(failure)),
        }
    }

    /// Makes the error of an answer whose code is about credentials or signatures.
    pub(super) fn answered(failure: Failure) -> Self {
        Self {
            message: format!(
                "{failure}: check the credentials, their expiry and this machine's clock"
            ),
            failure: Some(Box::new(failure)),
        }
    }

    pub(super) fn failure(&self) -> Option<&Failure> {
        self.failure.as_deref()
    }

    /// Returns what is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.failure() {
            Some(failure) if failure.unanswered => f.write_str(MAYBE_WRITTEN),
            _ => Ok(()),
        }
    }
}

/// Leaves out the source, because the SDK's errors print values.
impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configuration")
            .field("message", &self.message)
            .field("failure", &self.failure())
            .finish()
    }
}

impl StdError for Configuration {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let failure = self.failure()?;
        failure.source.as_ref().map(|e| &**e as _)
    }
}
