//! Errors made by hand: for tests of what a program makes of each, such as the HTTP status that it answers.
//!
//! # Examples
//!
//! ```
//! use dkmio::Error;
//! use dkmio::testing::{OperationName, error};
//!
//! fn status(error: &Error) -> u16 {
//!     match error {
//!         Error::ConditionFailed(e) if e.is_missing() => 404,
//!         Error::ConditionFailed(_) => 409,
//!         e if e.is_throttling() => 429,
//!         e if e.is_retryable() => 503,
//!         _ => 500,
//!     }
//! }
//!
//! assert_eq!(status(&error::item_missing()), 404);
//! assert_eq!(status(&error::throttled()), 429);
//! assert_eq!(status(&error::timeout(OperationName::GetItem)), 503);
//! ```

use super::fault::OperationName;
use crate::codec;
use crate::error::{
    CancellationReason, CircuitOpen, CollectionSizeLimit, ConditionFailed, Configuration,
    Connection, DecodeError, EncodeError, Error, Existence, ExpectedVersion, Failure,
    InvalidCursor, InvalidKey, InvalidProjection, Service, TableNotFound, Throttled,
    ThrottlingReason, Timeout, TransactionCanceled, TransactionConflict, Unprocessed, Validation,
    ValidationCause,
};
use crate::schema::{HasVersion, Table};
use crate::value::Version;
use std::sync::Arc;
use std::time::Duration;

/// The table that these errors name.
const TABLE: &str = "table";

/// What an operation that DynamoDB answered with an error leaves.
fn answered(operation: OperationName, code: &str, message: &str) -> Failure {
    Failure {
        code: Some(code.to_owned()),
        server_message: Some(message.to_owned()),
        request_id: Some("TESTING0000000000000000000000000000000000000000000000".to_owned()),
        ..unanswered(operation, message)
    }
}

fn unanswered(operation: OperationName, message: &str) -> Failure {
    Failure {
        operation: operation.name(),
        writes: operation.writes(),
        table: TABLE.to_owned(),
        code: None,
        message: message.to_owned(),
        server_message: None,
        request_id: None,
        source: None,
        unanswered: false,
    }
}

fn condition_failed_as(existence: Existence) -> ConditionFailed {
    let failure = answered(
        OperationName::PutItem,
        "ConditionalCheckFailedException",
        "The conditional request failed",
    );
    ConditionFailed::new(failure, None, existence)
}

/// Returns [`Error::ConditionFailed`] of an item of which nothing is known.
pub fn condition_failed() -> Error {
    Error::ConditionFailed(condition_failed_as(Existence::Unknown))
}

/// Returns [`Error::ConditionFailed`] of a write with `.if_exists()` of an item that there is none of.
pub fn item_missing() -> Error {
    Error::ConditionFailed(condition_failed_as(Existence::Missing))
}

/// Returns [`Error::ConditionFailed`] of a write with `.if_not_exists()` of an item that there is.
pub fn item_exists() -> Error {
    Error::ConditionFailed(condition_failed_as(Existence::There))
}

/// Returns [`Error::ConditionFailed`] of a write with `.return_old_on_failure()`, with the item as it was found.
///
/// # Errors
///
/// [`Error::Encode`] when the item cannot be stored.
pub fn condition_failed_with<M: Table>(item: &M) -> Result<Error, Error> {
    let mut error = condition_failed_as(Existence::Asked);
    error.set_item(codec::to_item(item)?);
    Ok(Error::ConditionFailed(error))
}

/// Returns [`Error::VersionConflict`] of a write that expected another version than that of the item as it was found.
///
/// # Errors
///
/// [`Error::Encode`] when the item cannot be stored.
pub fn version_conflict<M: Table + HasVersion>(item: &M) -> Result<Error, Error> {
    let expected = ExpectedVersion {
        attribute: M::SCHEMA.lifecycle().version.unwrap_or_default(),
        version: Version::new(u64::MAX),
    };
    Ok(condition_failed_with(item)?.of_version(Some(expected)))
}

/// Returns [`Error::TableNotFound`].
pub fn table_not_found() -> Error {
    Error::TableNotFound(TableNotFound::new(answered(
        OperationName::GetItem,
        "ResourceNotFoundException",
        "Requested resource not found",
    )))
}

/// Returns [`Error::Validation`] for this cause.
pub fn validation(cause: ValidationCause) -> Error {
    Error::Validation(Validation::new(
        unanswered(OperationName::PutItem, "the request is not valid"),
        cause,
    ))
}

/// Returns [`Error::Throttled`] with a reason of the table.
pub fn throttled() -> Error {
    let reason = ThrottlingReason {
        reason: "TableWriteAccountLimitExceeded".to_owned(),
        resource: None,
    };
    let failure = answered(
        OperationName::PutItem,
        "ThrottlingException",
        "Throughput exceeds the current capacity.",
    );
    Error::Throttled(Throttled::new(failure, vec![reason]))
}

/// Returns [`Error::CollectionSizeLimit`].
pub fn collection_size_limit() -> Error {
    Error::CollectionSizeLimit(CollectionSizeLimit::new(answered(
        OperationName::PutItem,
        "ItemCollectionSizeLimitExceededException",
        "Item collection size limit exceeded",
    )))
}

/// Returns [`Error::TransactionCanceled`] with these reasons, one for each member.
pub fn transaction_canceled(reasons: impl IntoIterator<Item = CancellationReason>) -> Error {
    Error::TransactionCanceled(TransactionCanceled::new(
        answered(
            OperationName::TransactWriteItems,
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons",
        ),
        reasons.into_iter().collect(),
    ))
}

/// Returns [`Error::TransactionConflict`].
pub fn transaction_conflict() -> Error {
    Error::TransactionConflict(TransactionConflict::new(answered(
        OperationName::PutItem,
        "TransactionConflictException",
        "Transaction is ongoing for the item",
    )))
}

/// Returns [`Error::Unprocessed`] of a batch write that came to its time limit, after this many writes.
pub fn unprocessed(written: usize) -> Error {
    Error::Unprocessed(Unprocessed::writes(written, Vec::new(), Arc::new(()), None))
}

/// Returns [`Error::InvalidProjection`] of an attribute that an index does not project.
pub fn invalid_projection(attribute: &str, index: &str) -> Error {
    Error::InvalidProjection(InvalidProjection::new(attribute, index, Vec::new()))
}

/// Returns [`Error::InvalidKey`].
pub fn invalid_key() -> Error {
    Error::InvalidKey(InvalidKey::new("the key is empty"))
}

/// Returns [`Error::InvalidCursor`].
pub fn invalid_cursor() -> Error {
    Error::InvalidCursor(InvalidCursor::new("the cursor is corrupt"))
}

/// Returns [`Error::Decode`] of an attribute at this path.
pub fn decode(path: &str) -> Error {
    let message = "the attribute is missing".to_owned();
    Error::Decode(DecodeError::new(
        Some(TABLE),
        None,
        path.to_owned(),
        message,
    ))
}

/// Returns [`Error::WrongKind`] of an item at a key where one of this kind was to be.
pub fn wrong_kind(expected: &'static str) -> Error {
    let message = "the item is of another kind".to_owned();
    DecodeError::new(Some(TABLE), None, String::new(), message)
        .of_wrong_kind(Some(expected))
        .into()
}

/// Returns [`Error::Encode`] of a value at this path.
pub fn encode(path: &str) -> Error {
    let message = "the value cannot be stored".to_owned();
    Error::Encode(EncodeError::new(Some(TABLE), path.to_owned(), message))
}

/// Returns [`Error::Timeout`] of this operation; of a write it is [ambiguous](Error::is_ambiguous).
pub fn timeout(operation: OperationName) -> Error {
    let mut failure = unanswered(operation, "no answer within the timeout");
    failure.unanswered = failure.writes;
    Error::Timeout(Timeout::new(failure))
}

/// Returns [`Error::Connection`] of a connection that broke before the answer; of a write it is
/// [ambiguous](Error::is_ambiguous).
pub fn connection(operation: OperationName) -> Error {
    let failure = unanswered(operation, "no connection: connection reset");
    Error::Connection(Connection::new(failure, true))
}

/// Returns [`Error::Connection`] of a connection that could not be made.
pub fn connection_refused() -> Error {
    let failure = unanswered(OperationName::PutItem, "no connection: connection refused");
    Error::Connection(Connection::new(failure, false))
}

/// Returns [`Error::CircuitOpen`] with the time left.
pub fn circuit_open(time_left: Duration) -> Error {
    Error::CircuitOpen(CircuitOpen::new(
        OperationName::PutItem.name(),
        TABLE,
        time_left,
    ))
}

/// Returns [`Error::Service`] of this operation, with this HTTP status and error code.
pub fn service(operation: OperationName, status: u16, code: &str) -> Error {
    Error::Service(Service::new(answered(operation, code, code), Some(status)))
}

/// Returns [`Error::Service`] of an outage: HTTP 503. Of a write it is [ambiguous](Error::is_ambiguous).
pub fn unavailable(operation: OperationName) -> Error {
    service(operation, 503, "ServiceUnavailable")
}

/// Returns [`Error::Configuration`].
pub fn configuration() -> Error {
    Error::Configuration(Configuration::new("no AWS region"))
}
