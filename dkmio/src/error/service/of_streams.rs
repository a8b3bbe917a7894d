//! Errors of DynamoDB Streams, by the same way as those of DynamoDB.

use super::{Attempted, from_sdk};
use crate::error::Error;
use aws_sdk_dynamodb::Error as SdkServiceError;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::describe_table::DescribeTableError;
use aws_sdk_dynamodbstreams::Error as SdkStreamsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error as StdError;
use std::fmt;

/// Maps the error of one call of DynamoDB Streams.
pub(crate) fn from_streams<E>(attempted: Attempted<'_>, error: SdkError<E, HttpResponse>) -> Error
where
    E: Into<SdkStreamsError> + StdError + Send + Sync + 'static,
{
    from_sdk(attempted, error.map_service_error(|e| OfStreams(e.into())))
}

#[derive(Debug)]
struct OfStreams(SdkStreamsError);

impl fmt::Display for OfStreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for OfStreams {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

/// Keeps code, message and request id.
impl From<OfStreams> for SdkServiceError {
    fn from(OfStreams(error): OfStreams) -> Self {
        let mut meta = error.meta().clone();
        // Mocks of the SDK make errors without a code.
        if let (None, Some(code)) = (meta.code(), code_of(&error)) {
            meta = aws_smithy_types::error::ErrorMetadata::builder()
                .code(code)
                .message(meta.message().unwrap_or_default())
                .build();
        }
        DescribeTableError::generic(meta).into()
    }
}

/// Returns the code that belongs to an error's type.
fn code_of(error: &SdkStreamsError) -> Option<&'static str> {
    Some(match error {
        SdkStreamsError::ExpiredIteratorException(_) => "ExpiredIteratorException",
        SdkStreamsError::InternalServerError(_) => "InternalServerError",
        SdkStreamsError::LimitExceededException(_) => "LimitExceededException",
        SdkStreamsError::ResourceNotFoundException(_) => "ResourceNotFoundException",
        SdkStreamsError::TrimmedDataAccessException(_) => "TrimmedDataAccessException",
        _ => return None,
    })
}
