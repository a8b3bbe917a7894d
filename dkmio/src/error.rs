//! What can go wrong, and what to do about it.
//!
//! [`Error`] is what every function returns; each of its variants holds one of these structs. The guide has
//! [a reference](crate::guide::errors), and [what a service does](crate::guide::resilience) about errors.

#[cfg(feature = "streams")]
mod checkpoint;
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
mod version_conflict;
mod versions;
mod wrong_kind;

#[cfg(feature = "streams")]
pub use self::checkpoint::CheckpointError;
pub use self::circuit_open::CircuitOpen;
pub use self::configuration::Configuration;
pub(crate) use self::endpoint::check_endpoint;
pub(crate) use self::existence::Existence;
pub(crate) use self::failure::Failure;
pub use self::failure::{
    CollectionSizeLimit, ConditionFailed, Connection, Service, TableNotFound, Throttled,
    ThrottlingReason, Timeout, TransactionConflict, Validation, VersionConflict,
};
pub use self::local::{DecodeError, EncodeError, InvalidCursor, InvalidKey, InvalidProjection};
pub(crate) use self::predicates::Health;
#[cfg(feature = "streams")]
pub(crate) use self::service::from_streams;
pub(crate) use self::service::{Attempted, from_sdk, never_left};
pub use self::shared::Shared;
#[doc(hidden)] // it stands at the root, and has one page
pub use self::transaction::CancellationReason;
pub(crate) use self::transaction::MemberName;
pub use self::transaction::{CanceledMember, TransactionCanceled};
pub use self::unprocessed::{PendingWrite, Unprocessed};
pub(crate) use self::unprocessed::{ReadPart, Setup};
pub use self::validation::ValidationCause;
pub(crate) use self::versions::ExpectedVersion;
pub use self::versions::Versions;
pub use self::wrong_kind::WrongKind;

/// Any error of dkmio.
///
/// Each variant holds a small struct with accessors; [`Error::request_id`] and the predicates work on all of them.
/// Messages name tables, attributes and limits, never values. The guide's pages are [errors](crate::guide::errors), the
/// reference, and [errors and resilience](crate::guide::resilience), what a service does about them.
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
#[doc(hidden)] // it stands at the root, and has one page
pub enum Error {
    /// The condition of a write was false; nothing was written.
    ///
    /// Decide: somebody was faster, or the item is there already. [`ConditionFailed::is_missing`] tells a missing item
    /// from another one. See [the guide](crate::guide::errors#errorconditionfailed).
    #[error(transparent)]
    ConditionFailed(ConditionFailed),
    /// The item has another version than the one that the write was given; nothing was written.
    ///
    /// Read the item again, or take [`VersionConflict::item`], and do your change to that. See [the
    /// guide](crate::guide::errors#errorversionconflict) and [versions](crate::guide::versions).
    #[error(transparent)]
    VersionConflict(VersionConflict),
    /// The table, or the index of the query or scan, does not exist in this region and account.
    ///
    /// Check the name in the message, region and account, or make it with
    /// [`create_table`](crate::DynamoDb::create_table). See [the guide](crate::guide::errors#errortablenotfound).
    #[error(transparent)]
    TableNotFound(TableNotFound),
    /// The request is not valid: DynamoDB said so, or dkmio before sending it.
    ///
    /// [`Validation::cause`] says why, and what a service may answer to whoever gave the data. See [the
    /// guide](crate::guide::errors#errorvalidation).
    #[error(transparent)]
    Validation(Validation),
    /// DynamoDB throttled the request, and went on to after the SDK's retries.
    ///
    /// Slow down, and look at [`Throttled::reasons`]: a hot key is to be spread, a setting or quota raised. See [the
    /// guide](crate::guide::errors#errorthrottled).
    #[error(transparent)]
    Throttled(Throttled),
    /// The item collection of a partition key, in a table with local indexes, is over 10 GB.
    ///
    /// Move items to other partition keys. See [the guide](crate::guide::errors#errorcollectionsizelimit).
    #[error(transparent)]
    CollectionSizeLimit(CollectionSizeLimit),
    /// A transaction was canceled, with a reason for each member; nothing was written, or read.
    ///
    /// Look at [`TransactionCanceled::reasons`]. `retry_conflicts` of the transaction sends it again where conflicts
    /// are the only reason. See [the guide](crate::guide::errors#errortransactioncanceled).
    #[error(transparent)]
    TransactionCanceled(TransactionCanceled),
    /// A transaction on the same item is under way.
    ///
    /// Send it again. See [the guide](crate::guide::errors#errortransactionconflict).
    #[error(transparent)]
    TransactionConflict(TransactionConflict),
    /// A batch was not done to its end: what was, and exactly what was not.
    ///
    /// Nothing is lost: [`Unprocessed::write_again`] and [`Unprocessed::batch_get`] send the rest. See [the
    /// guide](crate::guide::errors#errorunprocessed).
    #[error(transparent)]
    Unprocessed(Unprocessed),
    /// An attribute that is named at run time is not projected into the index that is read.
    ///
    /// Read the table, or project it; nothing was sent. See [the guide](crate::guide::errors#errorinvalidprojection).
    #[error(transparent)]
    InvalidProjection(InvalidProjection),
    /// A key that DynamoDB cannot take: empty, too long, or changed by an update.
    ///
    /// Mend the key; nothing was sent. See [the guide](crate::guide::errors#errorinvalidkey).
    #[error(transparent)]
    InvalidKey(InvalidKey),
    /// A cursor that is corrupt, was forged, or belongs to another table, index or partition.
    ///
    /// Begin at the first page, or answer a bad request; nothing was sent. See [the
    /// guide](crate::guide::errors#errorinvalidcursor).
    #[error(transparent)]
    InvalidCursor(InvalidCursor),
    /// An item does not read as the Rust type.
    ///
    /// The message has the attribute's path, [`DecodeError::key`] the item's key. Old items read with
    /// `#[serde(default)]`; `.each()` hands out each item that does not read as its error. See [the
    /// guide](crate::guide::errors#errordecode) and [how models change](crate::guide::evolving).
    #[error(transparent)]
    Decode(DecodeError),
    /// At the key of an entity is an item of another kind, or of none.
    ///
    /// Look at [`WrongKind::key`]: two kinds of items meet at a key, or another program writes there. See [the
    /// guide](crate::guide::errors#errorwrongkind).
    #[error(transparent)]
    WrongKind(WrongKind),
    /// A Rust value has something in it that DynamoDB cannot store, such as NaN.
    ///
    /// Mend the value: the message has its path; nothing was sent. See [the guide](crate::guide::errors#errorencode).
    #[error(transparent)]
    Encode(EncodeError),
    /// No answer in time. A write may have happened.
    ///
    /// Where [`Error::is_ambiguous`] says so, read before you send it again. See [the
    /// guide](crate::guide::errors#errortimeout) and [resilience](crate::guide::resilience).
    #[error(transparent)]
    Timeout(Timeout),
    /// The connection could not be made, or broke. A write may have happened.
    ///
    /// Check endpoint and network; [`Connection::may_have_been_sent`] tells whether a write can have been done. See
    /// [the guide](crate::guide::errors#errorconnection) and [resilience](crate::guide::resilience).
    #[error(transparent)]
    Connection(Connection),
    /// The circuit is open: too many operations in a row had failed, and this one was not sent.
    ///
    /// Do without DynamoDB for [`Error::retry_after`]. See [`CircuitBreaker`](crate::CircuitBreaker) and
    /// [resilience](crate::guide::resilience).
    #[error(transparent)]
    CircuitOpen(CircuitOpen),
    /// The checkpoint of a consumer of changes could not be loaded or saved.
    ///
    /// Mend the store; what was handled since the last checkpoint comes again. See [the
    /// guide](crate::guide::errors#errorcheckpoint).
    #[cfg(feature = "streams")]
    #[error(transparent)]
    Checkpoint(CheckpointError),
    /// An error with several owners: the callers of a [`Loader`](crate::Loader) who waited for one request, or clones
    /// of a transaction.
    ///
    /// Look at [`Shared::error`]. See [the guide](crate::guide::errors#errorshared).
    #[error(transparent)]
    Shared(Shared),
    /// Any other answer of DynamoDB, by its error code: an outage, a missing permission, a quota.
    ///
    /// Look at [`Error::code`], and give AWS support the [`Error::request_id`]. See [the
    /// guide](crate::guide::errors#errorservice).
    #[error(transparent)]
    Service(Service),
    /// Region, credentials, connection or a stream are not set up.
    ///
    /// The message says what to set; `DynamoDb::embedded()` needs none of it. See [the
    /// guide](crate::guide::errors#errorconfiguration).
    #[error(transparent)]
    Configuration(Configuration),
}

impl Error {
    fn failure(&self) -> Option<&Failure> {
        Some(match self {
            Self::ConditionFailed(e) => e.failure(),
            Self::VersionConflict(e) => e.failure(),
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
            #[cfg(feature = "streams")]
            Self::Checkpoint(_) => return None,
            Self::CircuitOpen(_)
            | Self::InvalidProjection(_)
            | Self::InvalidKey(_)
            | Self::InvalidCursor(_)
            | Self::Decode(_)
            | Self::WrongKind(_)
            | Self::Encode(_) => return None,
            Self::Configuration(e) => return e.failure(),
        })
    }

    /// Adds the operation and the table to an error that was found before sending, unless the error has them.
    pub(crate) fn for_request(mut self, operation: &'static str, table: &str) -> Self {
        match &mut self {
            Self::Validation(e) => e.failure_mut().locate(operation, table),
            Self::Encode(e) => e.locate(table),
            // These come from a request that was made, or have no fields for the two names.
            Self::ConditionFailed(_)
            | Self::VersionConflict(_)
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
            | Self::WrongKind(_)
            | Self::Timeout(_)
            | Self::Connection(_)
            | Self::CircuitOpen(_)
            | Self::Shared(_)
            | Self::Service(_)
            | Self::Configuration(_) => {}
            #[cfg(feature = "streams")]
            Self::Checkpoint(_) => {}
        }
        self
    }

    /// Returns the name of the variant. The names are few and stable, so that logs and metrics can count by them.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ConditionFailed(_) => "ConditionFailed",
            Self::VersionConflict(_) => "VersionConflict",
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
            Self::WrongKind(_) => "WrongKind",
            Self::Encode(_) => "Encode",
            Self::Timeout(_) => "Timeout",
            Self::Connection(_) => "Connection",
            #[cfg(feature = "streams")]
            Self::Checkpoint(_) => "Checkpoint",
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
