//! Makes errors of requests that were not sent, and adds to an error what only its verb knows.

use super::{Error, MemberName, Validation, ValidationCause};

impl Error {
    /// Adds the names of its members to the error of a canceled transaction.
    pub(crate) fn naming_members<I: IntoIterator<Item = MemberName>>(
        self,
        members: impl FnOnce() -> I,
    ) -> Self {
        match self {
            Self::TransactionCanceled(e) => Self::TransactionCanceled(e.naming(members())),
            other => other,
        }
    }

    /// Marks the error of an item that a write returned and that does not read as its model, because the write was
    /// done.
    pub(crate) fn after_write(mut self) -> Self {
        if let Self::Decode(e) = &mut self {
            e.mark_written();
        }
        self
    }

    /// Makes the error of a request that is not valid and was not sent.
    pub(crate) fn invalid(cause: ValidationCause, message: impl Into<String>) -> Self {
        Self::Validation(Validation::found(cause, message))
    }

    /// Adds the name of the attribute to the error of a value that cannot be stored.
    pub(crate) fn at_attribute(mut self, attribute: &impl std::fmt::Display) -> Self {
        if let Self::Encode(e) = &mut self {
            e.prefix(&attribute.to_string());
        }
        self
    }

    /// Adds the parents that may be missing, because DynamoDB only says that a path is invalid.
    pub(crate) fn naming_missing_parents(mut self, parents: &[String]) -> Self {
        if let Self::Validation(e) = &mut self {
            let failure = e.failure_mut();
            if !parents.is_empty() && failure.message.contains("document path") {
                failure.message = format!(
                    "{}: the item, or its `{}`, is not there, and DynamoDB makes no parents; set the parent first",
                    failure.message,
                    parents.join("` or `")
                );
            }
        }
        self
    }

    /// Adds the operation and the table to an error that was found before sending, unless the error has them.
    pub(crate) fn for_request(mut self, operation: &'static str, table: &str) -> Self {
        match &mut self {
            Self::Validation(e) => e.failure_mut().locate(operation, table),
            Self::Encode(e) => e.locate(table),
            // These come from a request that was made, or have no fields for the two names.
            Self::ConditionFailed(_)
            | Self::TableNotFound(_)
            | Self::Throttled(_)
            | Self::CollectionSizeLimit(_)
            | Self::TransactionCanceled(_)
            | Self::TransactionConflict(_)
            | Self::Unprocessed(_)
            | Self::InvalidProjection(_)
            | Self::InvalidKey(_)
            | Self::InvalidCursor(_)
            | Self::Decode(_)
            | Self::Timeout(_)
            | Self::Connection(_)
            | Self::CircuitOpen(_)
            | Self::Shared(_)
            | Self::Service(_)
            | Self::Configuration(_) => {}
        }
        self
    }
}
