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
        match &mut self {
            Self::Decode(e) => e.mark_written(),
            Self::WrongKind(e) => e.mark_written(),
            _ => {}
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
}
