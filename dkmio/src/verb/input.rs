//! The one error that the SDK's input builders have.

use crate::error::{Error, ValidationCause};
use aws_sdk_dynamodb::error::BuildError;

/// Reports a member that an SDK input lacks. It cannot happen, because the lowering of each verb sets all required members.
pub(crate) fn incomplete(error: BuildError) -> Error {
    Error::invalid(ValidationCause::Options, error.to_string())
}
