//! One call: what its executor and the interceptor in the SDK share.

use super::wire::Wire;
use super::{Request, TableNames};
use crate::error::{Attempted, never_left};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::interceptors::context::Error as OperationError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// One call: what its executor and its interceptor share, in the one allocation that they need.
#[derive(Clone, Debug)]
pub(crate) struct Call(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    operation: &'static str,
    /// `true` if the operation changes anything.
    writes: bool,
    /// The tables, as they are called in this connection.
    table: String,
    index: Option<String>,
    wire: Option<Arc<dyn Wire>>,
    /// Reads the code of an error of this operation, whose type the SDK has erased.
    code: fn(&OperationError) -> Option<&str>,
    attempts: AtomicU32,
    /// `true` while an attempt may be on its way: from when it is about to be sent until it has failed.
    under_way: AtomicBool,
    unanswered: AtomicBool,
    /// Why the last attempt failed.
    reason: Mutex<Option<Cow<'static, str>>>,
}

impl Call {
    pub(super) fn new<R: Request>(
        request: &mut R,
        names: &TableNames,
        wire: Option<Arc<dyn Wire>>,
    ) -> Self {
        Self(Arc::new(Shared {
            operation: R::OPERATION,
            writes: R::WRITES,
            table: request.resolve_tables(names),
            index: request.index().map(str::to_owned),
            wire,
            code: code::<R::Error>,
            attempts: AtomicU32::new(0),
            under_way: AtomicBool::new(false),
            unanswered: AtomicBool::new(false),
            reason: Mutex::new(None),
        }))
    }

    /// What is exchanged in bytes.
    pub(super) fn wire(&self) -> Option<&Arc<dyn Wire>> {
        self.0.wire.as_ref()
    }

    pub(super) fn operation(&self) -> &'static str {
        self.0.operation
    }

    pub(super) fn table(&self) -> &str {
        &self.0.table
    }

    pub(super) fn index(&self) -> Option<&str> {
        self.0.index.as_deref()
    }

    /// How often the SDK began to send it.
    pub(super) fn attempts(&self) -> u32 {
        self.0.attempts.load(Ordering::Relaxed)
    }

    /// Whether an attempt of a write may have reached DynamoDB and got no answer that says what became of it. The SDK
    /// reports the last attempt only, and an earlier one may have written.
    pub(super) fn unanswered(&self) -> bool {
        self.0.unanswered.load(Ordering::Relaxed)
    }

    /// What the error of the call has to know of its attempts, of which the SDK reports the last.
    pub(super) fn attempted(&self) -> Attempted<'_> {
        let under_way = self.0.under_way.load(Ordering::Relaxed);
        Attempted {
            operation: self.0.operation,
            writes: self.0.writes,
            table: &self.0.table,
            unanswered: self.unanswered() || (under_way && self.0.writes),
        }
    }

    /// Counts an attempt, and warns when it is not the first.
    pub(super) fn begin_attempt(&self) {
        let before = self.0.attempts.fetch_add(1, Ordering::Relaxed);
        if before > 0 {
            let reason = self.0.reason.lock().unwrap_or_else(|e| e.into_inner());
            tracing::warn!(
                target: "dkmio",
                attempt = before + 1,
                reason = reason.as_deref(),
                "{} on {}: the SDK sends it again",
                self.0.operation,
                self.0.table
            );
        }
    }

    /// Takes note that an attempt is about to be sent.
    pub(super) fn transmit(&self) {
        self.0.under_way.store(true, Ordering::Relaxed);
    }

    /// Takes note of why an attempt failed; `had_connection` is `false` if there was none to send anything on.
    pub(super) fn failed(
        &self,
        error: &OrchestratorError<OperationError>,
        status: Option<u16>,
        had_connection: bool,
    ) {
        let reason = reason(self.0.code, error, status);
        // A poisoned lock still holds a whole reason.
        *self.0.reason.lock().unwrap_or_else(|e| e.into_inner()) = Some(reason);
        let under_way = self.0.under_way.swap(false, Ordering::Relaxed);
        let may_have_left = under_way && had_connection;
        if self.0.writes && may_have_left && unanswered(error, status) {
            self.0.unanswered.store(true, Ordering::Relaxed);
        }
    }
}

fn code<E>(error: &OperationError) -> Option<&str>
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    error.downcast_ref::<E>()?.code()
}

/// Whether an attempt that failed so may have reached DynamoDB, without an answer that says what became of it.
fn unanswered(error: &OrchestratorError<OperationError>, status: Option<u16>) -> bool {
    if let Some(status) = status {
        // A failure of the server, or a success that could not be read, or that an interceptor refused.
        status >= 500 || (200..300).contains(&status)
    } else if let Some(connector) = error.as_connector_error() {
        !connector.is_user() && !never_left(connector)
    } else {
        error.is_operation_error() || error.is_timeout_error() || error.is_response_error()
    }
}

/// Why an attempt failed, without what DynamoDB said: messages may hold values.
fn reason(
    code: fn(&OperationError) -> Option<&str>,
    error: &OrchestratorError<OperationError>,
    status: Option<u16>,
) -> Cow<'static, str> {
    if let Some(operation) = error.as_operation_error() {
        return match (code(operation), status) {
            (Some(code), _) => Cow::Owned(code.to_owned()),
            (None, Some(status)) if status >= 300 => Cow::Owned(format!("HTTP status {status}")),
            _ => Cow::Borrowed("unreadable answer"),
        };
    }
    Cow::Borrowed(if error.is_timeout_error() {
        "timeout"
    } else if let Some(connector) = error.as_connector_error() {
        if connector.is_timeout() {
            "timeout"
        } else if never_left(connector) {
            "no connection"
        } else {
            "broken connection"
        }
    } else if error.is_response_error() {
        "broken answer"
    } else {
        "not sent"
    })
}
