//! Which outcome of an operation says what about DynamoDB's health.

use super::machine::Sample;
use crate::error::{Error, Health};

impl Sample {
    /// Returns what the outcome of an operation, after the SDK's retries, says about DynamoDB's health.
    pub(in crate::executor) fn of<T>(result: &Result<T, Error>) -> Self {
        match result.as_ref().map_err(Error::health) {
            Ok(_) | Err(Health::Works) => Self::Healthy,
            Err(Health::Fails) => Self::Failure,
            Err(Health::Unknown) => Self::Nothing,
        }
    }
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
