//! What may be asked of any error: whether to send the request again and when, and what it says about DynamoDB's health.

use super::{Error, Throttled};
use std::time::Duration;

/// DynamoDB counts throughput by the second.
const THROUGHPUT_PERIOD: Duration = Duration::from_secs(1);

/// What the error of an operation says about DynamoDB's health. Taken by the circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    Works,
    Fails,
    Unknown,
}

impl Error {
    /// Returns what the error of an operation, after the SDK's retries, says about DynamoDB's health.
    pub(crate) fn health(&self) -> Health {
        match self {
            Self::Timeout(_) | Self::Connection(_) => Health::Fails,
            Self::Throttled(e) if is_hot_key(e) => Health::Unknown,
            Self::Throttled(_) => Health::Fails,
            // The reasons of the members do not tell a hot key from a busy table.
            Self::TransactionCanceled(_) if self.is_throttling() => Health::Unknown,
            Self::Service(e) if e.is_server_side() => Health::Fails,
            Self::ConditionFailed(_)
            | Self::VersionConflict(_)
            | Self::TableNotFound(_)
            | Self::Validation(_)
            | Self::CollectionSizeLimit(_)
            | Self::TransactionCanceled(_)
            | Self::TransactionConflict(_)
            | Self::Service(_)
            | Self::Configuration(_) => match self.code() {
                Some(_) => Health::Works,
                // It was found before sending, or the answer was not DynamoDB's.
                None => Health::Unknown,
            },
            // They are not made of one operation's outcome, but before or after it.
            Self::Unprocessed(_)
            | Self::Shared(_)
            | Self::InvalidProjection(_)
            | Self::InvalidKey(_)
            | Self::InvalidCursor(_)
            | Self::Decode(_)
            | Self::WrongKind(_)
            | Self::Encode(_)
            | Self::CircuitOpen(_) => Health::Unknown,
            #[cfg(feature = "streams")]
            Self::Checkpoint(_) => Health::Unknown,
        }
    }

    /// Returns how long to wait before sending the same request again, if that is known. A service can pass it on as
    /// `Retry-After`.
    ///
    /// - An open circuit: the time left, zero while another operation tries whether DynamoDB is back.
    /// - Throttling, also of a transaction's member, and what a batch left unprocessed: one second, as DynamoDB counts
    ///   throughput by the second.
    /// - `None` for all else. What does not pass must not be sent again. A conflict is over in milliseconds: send it again
    ///   at once. And nobody knows how long an outage lasts, so that a 5xx, a timeout and a broken connection suggest
    ///   nothing; while it lasts the circuit opens, and tells.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::CircuitOpen(e) => Some(e.retry_after()),
            Self::Shared(e) => e.error().retry_after(),
            Self::Unprocessed(e) => match e.cause() {
                Some(cause) => cause.retry_after(),
                None => Some(THROUGHPUT_PERIOD),
            },
            Self::TransactionCanceled(e) if !e.is_passing() => None,
            e if e.is_throttling() => Some(THROUGHPUT_PERIOD),
            _ => None,
        }
    }

    /// Returns whether the same request may succeed later: throttling, an outage, a timeout, a conflict, an open circuit.
    ///
    /// The SDK has retried by then. For a write, look at [`Error::is_ambiguous`] first.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Throttled(_)
            | Self::Timeout(_)
            | Self::Connection(_)
            | Self::CircuitOpen(_)
            | Self::TransactionConflict(_) => true,
            Self::TransactionCanceled(e) => e.is_passing(),
            Self::Unprocessed(e) => e.cause().is_none_or(Self::is_retryable),
            Self::Shared(e) => e.error().is_retryable(),
            Self::Service(e) => e.is_passing(),
            Self::ConditionFailed(_)
            | Self::VersionConflict(_)
            | Self::TableNotFound(_)
            | Self::Validation(_)
            | Self::CollectionSizeLimit(_)
            | Self::InvalidProjection(_)
            | Self::InvalidKey(_)
            | Self::InvalidCursor(_)
            | Self::Decode(_)
            | Self::WrongKind(_)
            | Self::Encode(_)
            | Self::Configuration(_) => false,
            #[cfg(feature = "streams")]
            Self::Checkpoint(_) => false,
        }
    }

    /// Returns whether DynamoDB throttled the request.
    pub fn is_throttling(&self) -> bool {
        match self {
            Self::Throttled(_) => true,
            Self::TransactionCanceled(e) => e.is_throttled(),
            Self::Unprocessed(e) => e.cause().is_some_and(Self::is_throttling),
            Self::Shared(e) => e.error().is_throttling(),
            Self::ConditionFailed(_)
            | Self::VersionConflict(_)
            | Self::TableNotFound(_)
            | Self::Validation(_)
            | Self::CollectionSizeLimit(_)
            | Self::TransactionConflict(_)
            | Self::InvalidProjection(_)
            | Self::InvalidKey(_)
            | Self::InvalidCursor(_)
            | Self::Decode(_)
            | Self::WrongKind(_)
            | Self::Encode(_)
            | Self::Timeout(_)
            | Self::Connection(_)
            | Self::CircuitOpen(_)
            | Self::Service(_)
            | Self::Configuration(_) => false,
            #[cfg(feature = "streams")]
            Self::Checkpoint(_) => false,
        }
    }

    /// Returns whether a write may have happened although this is an error: no answer came, or an answer that says
    /// nothing about it (a 5xx). The attempts that the SDK made before count too: a conditional put whose first attempt
    /// was done and not answered fails its own condition. So does an item that a write returned and that does not read as
    /// its model: [`DecodeError::after_write`](crate::error::DecodeError::after_write). Never on a read.
    ///
    /// Read the item before you send such a write again, or make the write idempotent.
    pub fn is_ambiguous(&self) -> bool {
        let unanswered = match self {
            Self::Decode(e) => return e.after_write(),
            Self::WrongKind(e) => return e.after_write(),
            // A transaction has a token: if an earlier attempt had been done, DynamoDB would have answered this one
            // with success.
            Self::TransactionCanceled(_) => return false,
            Self::Connection(e) => e.may_have_been_sent(),
            Self::Unprocessed(e) => return e.is_ambiguous(),
            Self::Shared(e) => return e.error().is_ambiguous(),
            Self::Service(e) => e.is_server_side(),
            Self::ConditionFailed(_)
            | Self::VersionConflict(_)
            | Self::TableNotFound(_)
            | Self::Validation(_)
            | Self::Throttled(_)
            | Self::CollectionSizeLimit(_)
            | Self::TransactionConflict(_)
            | Self::InvalidProjection(_)
            | Self::InvalidKey(_)
            | Self::InvalidCursor(_)
            | Self::Encode(_)
            | Self::Timeout(_)
            | Self::CircuitOpen(_)
            | Self::Configuration(_) => false,
            #[cfg(feature = "streams")]
            Self::Checkpoint(_) => false,
        };
        let failure = self.failure();
        failure.is_some_and(|failure| failure.writes && (unanswered || failure.unanswered))
    }
}

/// Returns `true` if only partitions are over their limits, so that the rest of the table and all other tables work.
fn is_hot_key(error: &Throttled) -> bool {
    let reasons = error.reasons();
    let is_key = |reason: &str| reason.ends_with("KeyRangeThroughputExceeded");
    !reasons.is_empty() && reasons.iter().all(|r| is_key(&r.reason))
}
