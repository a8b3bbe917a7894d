//! The one place that maps the SDK's errors to ours.

mod causes;
#[cfg(feature = "streams")]
mod of_streams;

pub(crate) use self::causes::never_left;
use self::causes::{ENDPOINT_FAULT, causes, innermost, misconfigured};
#[cfg(feature = "streams")]
pub(crate) use self::of_streams::from_streams;
use super::failure::{
    AnswerDetails, Connection, Failure, ThrottlingReason, Timeout, Validation, of_answer,
};
use super::message::{Answered, without_values};
use super::{CancellationReason, Configuration, Error, TransactionCanceled, ValidationCause};
use aws_sdk_dynamodb::Error as SdkServiceError;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::error::Error as StdError;

/// What dkmio knows of a call and the SDK's error does not tell, because that is the error of the last attempt only.
pub(crate) struct Attempted<'a> {
    pub(crate) operation: &'static str,
    /// `true` if the operation changes anything.
    pub(crate) writes: bool,
    pub(crate) table: &'a str,
    /// `true` if an attempt of a write may have been done and no answer says so.
    pub(crate) unanswered: bool,
}

/// Maps the error of one SDK call.
pub(crate) fn from_sdk<E>(attempted: Attempted<'_>, error: SdkError<E, HttpResponse>) -> Error
where
    E: Into<SdkServiceError> + StdError + Send + Sync + 'static,
{
    let failure = |message: String, source| Failure {
        operation: attempted.operation,
        writes: attempted.writes,
        table: attempted.table.to_owned(),
        code: None,
        message,
        server_message: None,
        request_id: None,
        source,
        unanswered: attempted.unanswered,
    };
    match error {
        // The SDK files an answer of success that it cannot read under the operation's errors.
        SdkError::ServiceError(ref context) if context.raw().status().is_success() => {
            let request_id = request_id(context.raw());
            let message = format!("the answer cannot be read: {}", innermost(&error));
            let mut failure = failure(message, Some(Box::new(error)));
            failure.request_id = request_id;
            Error::Connection(Connection::new(failure, true))
        }
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            let mut failure = failure(String::new(), None);
            failure.request_id = request_id(context.raw());
            from_service(failure, status, context.into_err().into())
        }
        SdkError::TimeoutError(_) => Error::Timeout(Timeout::new(failure(
            "no answer within the timeout".to_owned(),
            Some(Box::new(error)),
        ))),
        SdkError::DispatchFailure(ref dispatch) => {
            // If a connection was tried, the message comes from the network.
            let was_tried = dispatch.is_io() || dispatch.is_timeout();
            if !was_tried && let Some(message) = misconfigured(&error) {
                return not_set_up(failure(message, None), error);
            }
            // A connector's `user` error is found before anything leaves, and so is one in making the connection.
            let sent = !dispatch.is_user() && !never_left(&error);
            let message = match (dispatch.is_timeout(), sent) {
                (true, true) => {
                    let message = "no answer within the timeout".to_owned();
                    return Error::Timeout(Timeout::new(failure(message, Some(Box::new(error)))));
                }
                (true, false) => "no connection within the timeout for connecting".to_owned(),
                (false, _) => format!("no connection: {}", innermost(&error)),
            };
            Error::Connection(Connection::new(
                failure(message, Some(Box::new(error))),
                sent,
            ))
        }
        SdkError::ResponseError(_) => {
            let message = format!("the answer cannot be read: {}", innermost(&error));
            Error::Connection(Connection::new(
                failure(message, Some(Box::new(error))),
                true,
            ))
        }
        _ => match misconfigured(&error) {
            Some(message) => not_set_up(failure(message, None), error),
            None => {
                let message = innermost(&error);
                let failure = failure(message, Some(Box::new(error)));
                Error::Validation(Validation::new(failure, ValidationCause::Options))
            }
        },
    }
}

/// Makes the error of a connection that is not set up. The SDK's error becomes its source, unless it is about an
/// endpoint: such an error prints the whole request.
fn not_set_up<E>(mut failure: Failure, error: SdkError<E, HttpResponse>) -> Error
where
    E: StdError + Send + Sync + 'static,
{
    let prints_requests = causes(&error).any(|cause| cause.to_string().contains(ENDPOINT_FAULT));
    if !prints_requests {
        failure.source = Some(Box::new(error));
    }
    Error::Configuration(Configuration::not_set_up(failure))
}

fn from_service(mut failure: Failure, status: u16, mut error: SdkServiceError) -> Error {
    let code = error.code().map(str::to_owned);
    failure.code = code.or_else(|| code_of_type(&error));
    failure.message = match (error.message(), &failure.code) {
        (Some(message), _) if !message.is_empty() => {
            failure.server_message = Some(message.to_owned());
            without_values(message)
        }
        (_, Some(code)) => code.clone(),
        (_, None) => format!("HTTP status {status} without an error code"),
    };
    // The item goes into our error, typed and unprinted; the source keeps all but the item.
    let item = match &mut error {
        // Some engines return an item without attributes where there is none.
        SdkServiceError::ConditionalCheckFailedException(e) => {
            e.item.take().filter(|item| !item.is_empty()).map(Box::new)
        }
        _ => None,
    };
    let cancellations = match &mut error {
        SdkServiceError::TransactionCanceledException(e) => e
            .cancellation_reasons
            .take()
            .unwrap_or_default()
            .into_iter()
            .map(CancellationReason::of)
            .collect(),
        _ => Vec::new(),
    };
    let throttling_reasons = throttling_reasons(&error);
    failure.source = Some(Box::new(Answered::new(&failure.message, error)));
    // By code, not by variant: an operation's model does not list each code that DynamoDB answers it with.
    match failure.code.as_deref().unwrap_or_default() {
        "TransactionCanceledException" => {
            Error::TransactionCanceled(TransactionCanceled::new(failure, cancellations))
        }
        "UnrecognizedClientException"
        | "InvalidSignatureException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "ExpiredTokenException"
        | "IncompleteSignatureException" => Error::Configuration(Configuration::answered(failure)),
        _ => of_answer(
            failure,
            AnswerDetails {
                status,
                item,
                throttling_reasons,
            },
        ),
    }
}

/// Returns the code that belongs to an error's type, because mocks of the SDK make errors without a code. The SDK prints it
/// before the message.
fn code_of_type(error: &SdkServiceError) -> Option<String> {
    let text = error.to_string();
    let code = text.split(':').next().unwrap_or_default();
    let is_code = !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric());
    is_code.then(|| code.to_owned())
}

/// Reads the request id from the header, because the SDK has none for an answer that it cannot read.
fn request_id(answer: &HttpResponse) -> Option<String> {
    let headers = answer.headers();
    headers
        .get("x-amzn-requestid")
        .or_else(|| headers.get("x-amz-request-id"))
        .map(str::to_owned)
}

fn throttling_reasons(error: &SdkServiceError) -> Vec<ThrottlingReason> {
    let reasons = match error {
        SdkServiceError::ThrottlingException(e) => e.throttling_reasons(),
        SdkServiceError::ProvisionedThroughputExceededException(e) => e.throttling_reasons(),
        SdkServiceError::RequestLimitExceeded(e) => e.throttling_reasons(),
        _ => &[],
    };
    reasons
        .iter()
        .map(|r| ThrottlingReason {
            reason: r.reason().unwrap_or_default().to_owned(),
            resource: r.resource().map(str::to_owned),
        })
        .collect()
}
