//! One request and its answer, within the timeouts that the SDK's call would have.

use super::answer;
use crate::executor::sdk_parts::SdkParts;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_smithy_async::rt::sleep::AsyncSleep;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::time::Instant;

/// What came of a request.
pub(super) enum Came {
    /// Its body is in memory. `is_whole` is `false` if it broke off.
    Answer {
        answer: HttpResponse,
        is_whole: bool,
    },
    Failure(ConnectorError),
    /// The time of one attempt went by.
    AttemptTimeout,
    /// The time of the operation went by.
    OperationTimeout,
}

impl Came {
    /// Returns `true` if DynamoDB works, and refuses this request.
    pub(super) fn is_refusal(&self) -> bool {
        match self {
            Self::Answer { answer, .. } => answer.status().is_client_error(),
            _ => false,
        }
    }

    /// Returns what the SDK's first attempt meets, or `None` if nothing ever comes, because the SDK's own timer is over.
    pub(super) fn for_sdk(self, parts: &SdkParts) -> Option<Result<HttpResponse, ConnectorError>> {
        match self {
            Self::Answer { answer, .. } => Some(Ok(answer)),
            Self::Failure(e) => Some(Err(e)),
            Self::OperationTimeout => None,
            Self::AttemptTimeout if parts.max_attempts == 1 => None,
            // The SDK's timer is that of all attempts, so that it cannot be over for the first one only.
            Self::AttemptTimeout => Some(Err(ConnectorError::timeout(
                "no answer within the timeout of an attempt".into(),
            ))),
        }
    }

    /// Returns what is left of the timeouts.
    pub(super) fn timeouts_of_sdk(
        &self,
        parts: &SdkParts,
        started: Instant,
    ) -> Option<TimeoutConfig> {
        let mut timeouts = TimeoutConfig::builder();
        let is_last = matches!(self, Self::AttemptTimeout) && parts.max_attempts == 1;
        let attempt = is_last.then_some(Duration::ZERO);
        let operation = match self {
            Self::OperationTimeout => Some(Duration::ZERO),
            _ => parts
                .operation_timeout
                .map(|timeout| timeout.saturating_sub(started.elapsed())),
        };
        // `None` would switch off what the client has.
        if attempt.is_some() {
            timeouts.set_operation_attempt_timeout(attempt);
        }
        if operation.is_some() {
            timeouts.set_operation_timeout(operation);
        }
        (attempt.is_some() || operation.is_some()).then(|| timeouts.build())
    }
}

/// Sends the request of an operation that started then, and reads its answer.
pub(super) async fn send(parts: &SdkParts, request: HttpRequest, started: Instant) -> Came {
    let connector = parts
        .http_client
        .http_connector(&parts.connector_settings, &parts.components);
    let mut exchanged = pin!(async {
        match connector.call(request).await {
            Ok(mut answer) => Came::Answer {
                is_whole: answer::read(&mut answer, parts).await,
                answer,
            },
            Err(e) => Came::Failure(e),
        }
    });
    let mut timer = None;
    poll_fn(|cx| {
        if let Poll::Ready(came) = exchanged.as_mut().poll(cx) {
            return Poll::Ready(came);
        }
        // The timer is set only once there is something to wait for.
        if timer.is_none() {
            timer = limit(parts, started).zip(parts.sleep.as_ref()).map(
                |((limit, is_of_operation), sleep)| (Box::pin(sleep.sleep(limit)), is_of_operation),
            );
        }
        match &mut timer {
            Some((timer, is_of_operation)) => timer.as_mut().poll(cx).map(|()| {
                if *is_of_operation {
                    Came::OperationTimeout
                } else {
                    Came::AttemptTimeout
                }
            }),
            None => Poll::Pending,
        }
    })
    .await
}

/// Returns the time that an attempt has from now on, and `true` if it is what is left of the operation's.
fn limit(parts: &SdkParts, started: Instant) -> Option<(Duration, bool)> {
    let left = parts
        .operation_timeout
        .map(|timeout| timeout.saturating_sub(started.elapsed()));
    match (parts.attempt_timeout, left) {
        (Some(attempt), Some(left)) if attempt < left => Some((attempt, false)),
        (_, Some(left)) => Some((left, true)),
        (Some(attempt), None) => Some((attempt, false)),
        (None, None) => None,
    }
}
