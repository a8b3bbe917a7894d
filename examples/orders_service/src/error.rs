//! What goes wrong, as HTTP says it: the one place where dkmio's errors become statuses.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use dkmio::Error;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::{IntoResponses, ToSchema};

/// The body of an answer that is an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A word for programs, such as `not_found`.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// The errors that every route about orders can answer, for its documentation.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "it is there to be described")]
pub(crate) enum Failures {
    /// The request is not valid: its id, its body, its parameters or its cursor.
    #[response(status = 400)]
    Invalid(#[to_schema] Problem),
    /// Too many requests: wait as long as `Retry-After` says.
    #[response(status = 429)]
    TooMany(#[to_schema] Problem),
    /// DynamoDB is away: send the request again, an order with the same key.
    #[response(status = 503)]
    Away(#[to_schema] Problem),
}

/// An error of the service.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after: Option<Duration>,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            retry_after: None,
        }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", message)
    }

    pub(crate) fn not_found(id: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("there is no order `{id}`"),
        )
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    pub(crate) fn away(retry_after: Option<Duration>) -> Self {
        Self {
            retry_after: Some(retry_after.unwrap_or(Duration::from_secs(1))),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "the orders cannot be reached; send the request again",
            )
        }
    }

    /// The status that it answers.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        let retry_after = error.retry_after();
        match &error {
            // Before `is_retryable`: DynamoDB is there, and this client is one of too many.
            e if e.is_throttling() => Self {
                retry_after: Some(retry_after.unwrap_or(Duration::from_secs(1))),
                ..Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too_many_requests",
                    "too many requests; wait, and send the request again",
                )
            },
            e if e.is_retryable() => Self::away(retry_after),
            Error::ConditionFailed(e) if e.is_missing() => {
                Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such order")
            }
            Error::ConditionFailed(_) => Self::conflict("the order is not in a state for this"),
            Error::InvalidCursor(_) => Self::invalid("the cursor is none that this service made"),
            Error::InvalidKey(_) => Self::invalid("the id is empty or too long"),
            Error::Validation(e) => match e.cause().http_status() {
                400 => Self::invalid("a value of the order cannot be stored"),
                413 => Self::new(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "too_large",
                    "the order is too large to be stored",
                ),
                _ => Self::internal(&error),
            },
            _ => Self::internal(&error),
        }
    }
}

impl ApiError {
    /// An error that a client can do nothing about. Its text is for the log, and holds no value of a request.
    fn internal(error: &Error) -> Self {
        tracing::error!(
            kind = error.kind(),
            request_id = error.request_id(),
            "{error}"
        );
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "something is wrong in the service",
        )
    }
}

/// A body that is no JSON of this kind is 400, one that is too large 413, another content type 415.
impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "the body is larger than 100 KB",
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "the body has to be `application/json`",
            ),
            _ => Self::invalid(rejection.body_text()),
        }
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::invalid(rejection.body_text())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            code: self.code.to_owned(),
            message: self.message,
        };
        let mut response = (self.status, Json(problem)).into_response();
        if let Some(after) = self.retry_after {
            // Whole seconds, and not too early.
            let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
            let value = HeaderValue::from(seconds.max(1));
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}

pub(crate) async fn no_such_route() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "not_found", "there is nothing here")
}

pub(crate) async fn no_such_method() -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "this does not work with that method",
    )
}
