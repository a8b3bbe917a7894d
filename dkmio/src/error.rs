//! What can go wrong, and what to do about it.

mod circuit_open;
mod configuration;
mod context;
mod endpoint;
mod existence;
mod failure;
mod local;
mod message;
mod predicates;
mod service;
mod shared;
mod transaction;
mod unprocessed;
mod validation;

pub use self::circuit_open::CircuitOpen;
pub use self::configuration::Configuration;
pub(crate) use self::endpoint::check_endpoint;
pub(crate) use self::existence::Existence;
pub(crate) use self::failure::Failure;
pub use self::failure::{
    CollectionSizeLimit, ConditionFailed, Connection, Service, TableNotFound, Throttled,
    ThrottlingReason, Timeout, TransactionConflict, Validation,
};
pub use self::local::{DecodeError, EncodeError, InvalidCursor, InvalidKey, InvalidProjection};
pub(crate) use self::service::{Attempted, from_sdk, never_left};
pub use self::shared::Shared;
pub(crate) use self::transaction::MemberName;
pub use self::transaction::{CanceledMember, CancellationReason, TransactionCanceled};
pub use self::unprocessed::{PendingWrite, Unprocessed};
pub(crate) use self::unprocessed::{ReadPart, Setup};
pub use self::validation::ValidationCause;

/// Any error of dkmio.
///
/// Each variant holds a small struct with accessors; [`Error::request_id`] and the predicates work on all of them.
/// Messages name tables, attributes and limits, never values.
///
/// # Examples
///
/// ```no_run
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb, user: Users) -> Result<(), Error> {
/// match Users::put(&user).if_not_exists().execute(&db).await {
///     Ok(()) => println!("created"),
///     Err(Error::ConditionFailed(_)) => println!("there is such a user already"),
///     Err(e) if e.is_throttling() => println!("too fast: {e}"),
///     Err(e) => return Err(e),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The condition of a write was false; nothing was written.
    #[error(transparent)]
    ConditionFailed(ConditionFailed),
    /// The table, or the index of the query or scan, does not exist in this region and account.
    #[error(transparent)]
    TableNotFound(TableNotFound),
    /// The request is not valid: DynamoDB said so, or dkmio before sending it.
    #[error(transparent)]
    Validation(Validation),
    /// DynamoDB throttled the request, and went on to after the SDK's retries.
    #[error(transparent)]
    Throttled(Throttled),
    /// The item collection of a partition key, in a table with local indexes, is over 10 GB.
    #[error(transparent)]
    CollectionSizeLimit(CollectionSizeLimit),
    /// A write transaction was canceled, with a reason for each member; nothing was written.
    #[error(transparent)]
    TransactionCanceled(TransactionCanceled),
    /// A transaction on the same item is under way.
    #[error(transparent)]
    TransactionConflict(TransactionConflict),
    /// A batch was not done to its end: what was, and exactly what was not.
    #[error(transparent)]
    Unprocessed(Unprocessed),
    /// A dynamic attribute is not projected into the index that is read.
    #[error(transparent)]
    InvalidProjection(InvalidProjection),
    /// A key that DynamoDB cannot take: empty, too long, or changed by an update.
    #[error(transparent)]
    InvalidKey(InvalidKey),
    /// A cursor that is corrupt, or belongs to another table, index or partition.
    #[error(transparent)]
    InvalidCursor(InvalidCursor),
    /// An item does not read as the Rust type.
    #[error(transparent)]
    Decode(DecodeError),
    /// A Rust value has something in it that DynamoDB cannot store.
    #[error(transparent)]
    Encode(EncodeError),
    /// No answer in time. A write may have happened.
    #[error(transparent)]
    Timeout(Timeout),
    /// The connection could not be made, or broke. A write may have happened.
    #[error(transparent)]
    Connection(Connection),
    /// The circuit is open: too many operations in a row had failed, and this one was not sent. See
    /// [`CircuitBreaker`](crate::CircuitBreaker).
    #[error(transparent)]
    CircuitOpen(CircuitOpen),
    /// An error with several owners: the callers of a [`Loader`](crate::Loader) who waited for one request, or clones
    /// of a transaction.
    #[error(transparent)]
    Shared(Shared),
    /// Any other answer of DynamoDB, by its error code.
    #[error(transparent)]
    Service(Service),
    /// Region, credentials or connection are not set up.
    #[error(transparent)]
    Configuration(Configuration),
}

impl Error {
    fn failure(&self) -> Option<&Failure> {
        Some(match self {
            Self::ConditionFailed(e) => e.failure(),
            Self::TableNotFound(e) => e.failure(),
            Self::Validation(e) => e.failure(),
            Self::Throttled(e) => e.failure(),
            Self::CollectionSizeLimit(e) => e.failure(),
            Self::TransactionConflict(e) => e.failure(),
            Self::TransactionCanceled(e) => &e.failure,
            Self::Unprocessed(e) => return e.cause()?.failure(),
            Self::Shared(e) => return e.error().failure(),
            Self::Timeout(e) => e.failure(),
            Self::Connection(e) => e.failure(),
            Self::Service(e) => e.failure(),
            Self::CircuitOpen(_)
            | Self::InvalidProjection(_)
            | Self::InvalidKey(_)
            | Self::InvalidCursor(_)
            | Self::Decode(_)
            | Self::Encode(_) => return None,
            Self::Configuration(e) => return e.failure(),
        })
    }

    /// Returns the name of the variant. The names are few and stable, so that logs and metrics can count by them.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ConditionFailed(_) => "ConditionFailed",
            Self::TableNotFound(_) => "TableNotFound",
            Self::Validation(_) => "Validation",
            Self::Throttled(_) => "Throttled",
            Self::CollectionSizeLimit(_) => "CollectionSizeLimit",
            Self::TransactionCanceled(_) => "TransactionCanceled",
            Self::TransactionConflict(_) => "TransactionConflict",
            Self::Unprocessed(_) => "Unprocessed",
            Self::InvalidProjection(_) => "InvalidProjection",
            Self::InvalidKey(_) => "InvalidKey",
            Self::InvalidCursor(_) => "InvalidCursor",
            Self::Decode(_) => "Decode",
            Self::Encode(_) => "Encode",
            Self::Timeout(_) => "Timeout",
            Self::Connection(_) => "Connection",
            Self::CircuitOpen(_) => "CircuitOpen",
            Self::Shared(e) => e.error().kind(),
            Self::Service(_) => "Service",
            Self::Configuration(_) => "Configuration",
        }
    }

    /// Returns DynamoDB's error code, such as `ValidationException`; `None` if DynamoDB did not answer with one.
    pub fn code(&self) -> Option<&str> {
        self.failure()?.code.as_deref()
    }

    /// Returns the id that AWS support asks for; `None` if DynamoDB did not answer.
    pub fn request_id(&self) -> Option<&str> {
        self.failure()?.request_id.as_deref()
    }

    /// Returns all that DynamoDB said; `None` if it did not answer with a message.
    ///
    /// It may hold values of the request: numbers that are none, elements of a set, bounds of a range, and, where a
    /// signature is wrong, the session's token. So neither this error nor its sources print it: what they print is without
    /// what is in quotes, brackets and braces, without ARNs, and without what follows a colon unless that is known to be no
    /// value. Log this text only where values may be logged.
    pub fn server_message(&self) -> Option<&str> {
        self.failure()?.server_message.as_deref()
    }

    /// Returns the SDK's own error, if the request came to it; it may print values, as [`Error::server_message`] does.
    ///
    /// [`source`](std::error::Error::source) is the same error in a form that prints none.
    pub fn sdk_error(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.failure()?.sdk_error()
    }
}
