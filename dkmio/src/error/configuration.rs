use super::failure::{Failure, MAYBE_WRITTEN};
use std::error::Error as StdError;
use std::fmt;

/// Region, credentials or connection are not set up.
pub struct Configuration {
    message: String,
    cause: Cause,
}

enum Cause {
    /// It was found before anything was sent.
    Local(Option<Box<dyn StdError + Send + Sync + 'static>>),
    /// DynamoDB does not take the credentials.
    Answered(Box<Failure>),
}

impl Configuration {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            cause: Cause::Local(None),
        }
    }

    pub(super) fn caused_by(
        mut self,
        source: impl Into<Box<dyn StdError + Send + Sync + 'static>>,
    ) -> Self {
        self.cause = Cause::Local(Some(source.into()));
        self
    }

    /// What DynamoDB answered, by a code of credentials or signatures.
    pub(super) fn answered(failure: Failure) -> Self {
        Self {
            message: format!(
                "{failure}: check the credentials, their expiry and this machine's clock"
            ),
            cause: Cause::Answered(Box::new(failure)),
        }
    }

    pub(super) fn failure(&self) -> Option<&Failure> {
        match &self.cause {
            Cause::Local(_) => None,
            Cause::Answered(failure) => Some(failure),
        }
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

/// Without the source, as the other errors.
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
        match &self.cause {
            Cause::Local(source) => source.as_ref().map(|e| &**e as _),
            Cause::Answered(failure) => failure.source.as_ref().map(|e| &**e as _),
        }
    }
}
