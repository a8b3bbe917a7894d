use super::machine::Sample;
use crate::error::{Error, Throttled};

impl Sample {
    /// What the outcome of an operation, after the SDK's retries, says of DynamoDB's health.
    pub(in crate::executor) fn of<T>(result: &Result<T, Error>) -> Self {
        match result {
            Ok(_) => Self::Healthy,
            Err(Error::Timeout(_) | Error::Connection(_)) => Self::Failure,
            Err(Error::Throttled(e)) if is_hot_key(e) => Self::Nothing,
            Err(Error::Throttled(_)) => Self::Failure,
            // The reasons of members do not tell a hot key from a busy table.
            Err(e @ Error::TransactionCanceled(_)) if e.is_throttling() => Self::Nothing,
            Err(Error::Service(e)) if e.is_server_side() => Self::Failure,
            Err(e) if e.code().is_some() => Self::Healthy,
            // Found wrong before sending, or answered by something that is not DynamoDB.
            Err(_) => Self::Nothing,
        }
    }
}

/// Whether only partitions are over their limits: the rest of the table, and all others, go on.
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
