//! Which outcome of an operation says what about DynamoDB's health.

use super::machine::Sample;
use crate::error::{Error, Throttled};

impl Sample {
    /// Returns what the outcome of an operation, after the SDK's retries, says about DynamoDB's health.
    pub(in crate::executor) fn of<T>(result: &Result<T, Error>) -> Self {
        match result {
            Ok(_) => Self::Healthy,
            Err(e) => Self::of_error(e),
        }
    }

    /// Lists all variants, so that a new one is not forgotten.
    fn of_error(error: &Error) -> Self {
        match error {
            Error::Timeout(_) | Error::Connection(_) => Self::Failure,
            Error::Throttled(e) if is_hot_key(e) => Self::Nothing,
            Error::Throttled(_) => Self::Failure,
            // The reasons of the members do not tell a hot key from a busy table.
            Error::TransactionCanceled(_) if error.is_throttling() => Self::Nothing,
            Error::Service(e) if e.is_server_side() => Self::Failure,
            Error::ConditionFailed(_)
            | Error::TableNotFound(_)
            | Error::Validation(_)
            | Error::CollectionSizeLimit(_)
            | Error::TransactionCanceled(_)
            | Error::TransactionConflict(_)
            | Error::Service(_)
            | Error::Configuration(_) => match error.code() {
                Some(_) => Self::Healthy,
                // It was found before sending, or the answer was not DynamoDB's.
                None => Self::Nothing,
            },
            // They are not made of one operation's outcome, but before or after it.
            Error::Unprocessed(_)
            | Error::Shared(_)
            | Error::InvalidProjection(_)
            | Error::InvalidKey(_)
            | Error::InvalidCursor(_)
            | Error::Decode(_)
            | Error::Encode(_)
            | Error::CircuitOpen(_) => Self::Nothing,
        }
    }
}

/// Returns `true` if only partitions are over their limits, so that the rest of the table and all other tables work.
fn is_hot_key(error: &Throttled) -> bool {
    let reasons = error.reasons();
    let is_key = |reason: &str| reason.ends_with("KeyRangeThroughputExceeded");
    !reasons.is_empty() && reasons.iter().all(|r| is_key(&r.reason))
}

#[cfg(test)]
mod tests {
    use super::Sample;
    use crate::error::{Configuration, Error, ValidationCause};

    #[test]
    fn what_never_left_says_nothing() {
        let errors = [
            Error::Configuration(Configuration::new("no AWS region")),
            Error::invalid(ValidationCause::Value, "a page size of 0"),
        ];
        for error in errors {
            assert_eq!(Sample::of::<()>(&Err(error)), Sample::Nothing);
        }
    }
}
