//! What `send.rs` and the interceptor in the SDK share about one call.

use super::operation::Operation;
use super::splice::Splice;
use super::table_names::TableNames;
use crate::error::{Attempted, never_left};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_smithy_runtime_api::client::interceptors::context::Error as OperationError;
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_types::body::SdkBody;
use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

tokio::task_local! {
    /// The call that the SDK works on in this task. The interceptor learns its call from here, because it belongs to the
    /// client and not to a call.
    pub(super) static CALL: Call;
}

/// One call. Made in `send.rs`; the interceptor counts its attempts and splices its items. It is one allocation.
#[derive(Clone, Debug)]
pub(crate) struct Call(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    operation: &'static str,
    /// [`Operation::WRITES`].
    writes: bool,
    /// The tables by their names in the connection, separated by `, `.
    table: String,
    index: Option<String>,
    splice: Option<Arc<dyn Splice>>,
    /// [`code`] for the operation's type of errors.
    code: fn(&OperationError) -> Option<&str>,
    /// `true` if nothing is to be sent: see [`Call::rehearsal`].
    is_rehearsal: bool,
    /// [`Operation::GOES_DIRECT`].
    goes_direct: bool,
    /// The request of a direct attempt that was handed over to the SDK.
    handed_over: OnceLock<SentBody>,
    /// `true` if the SDK's next attempt is that one, which is counted already.
    is_counted: AtomicBool,
    attempts: AtomicU32,
    /// `true` while an attempt may be with DynamoDB: from just before it is sent until it fails.
    under_way: AtomicBool,
    /// See [`Call::unanswered`].
    unanswered: AtomicBool,
    /// Why the last attempt failed.
    reason: Mutex<Option<Cow<'static, str>>>,
}

/// A body, which `Debug` does not show.
struct SentBody(SdkBody);

impl fmt::Debug for SentBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentBody").finish_non_exhaustive()
    }
}

impl Call {
    pub(super) fn new<O: Operation>(
        input: &mut O,
        names: &TableNames,
        splice: Option<Arc<dyn Splice>>,
    ) -> Self {
        Self(Arc::new(Shared {
            operation: O::NAME,
            writes: O::WRITES,
            table: input.resolve_tables(names),
            index: input.index().map(str::to_owned),
            splice,
            code: code::<O::Error>,
            is_rehearsal: false,
            goes_direct: O::GOES_DIRECT,
            handed_over: OnceLock::new(),
            is_counted: AtomicBool::new(false),
            attempts: AtomicU32::new(0),
            under_way: AtomicBool::new(false),
            unanswered: AtomicBool::new(false),
            reason: Mutex::new(None),
        }))
    }

    /// Returns what splices the items, if they are spliced.
    pub(super) fn splice(&self) -> Option<&Arc<dyn Splice>> {
        self.0.splice.as_ref()
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

    /// Returns how many attempts the SDK began.
    pub(super) fn attempts(&self) -> u32 {
        self.0.attempts.load(Ordering::Relaxed)
    }

    /// Returns `true` if an attempt of a write may have reached DynamoDB, and no answer says what it did.
    ///
    /// The SDK reports only the last attempt, but an earlier one may have written.
    pub(super) fn unanswered(&self) -> bool {
        self.0.unanswered.load(Ordering::Relaxed)
    }

    /// Returns what an error of the call says about its attempts, because the SDK reports only the last one.
    pub(super) fn attempted(&self) -> Attempted<'_> {
        let under_way = self.0.under_way.load(Ordering::Relaxed);
        Attempted {
            operation: self.0.operation,
            writes: self.0.writes,
            table: &self.0.table,
            unanswered: self.unanswered() || (under_way && self.0.writes),
        }
    }

    /// Returns a call of the same operation that the interceptor ends before it is sent, once it has seen the request.
    #[cfg(feature = "testing")]
    pub(super) fn rehearsal(&self) -> Self {
        Self(Arc::new(Shared {
            operation: self.0.operation,
            writes: false,
            table: self.0.table.clone(),
            index: None,
            splice: None,
            code: self.0.code,
            is_rehearsal: true,
            goes_direct: true,
            handed_over: OnceLock::new(),
            is_counted: AtomicBool::new(false),
            attempts: AtomicU32::new(0),
            under_way: AtomicBool::new(false),
            unanswered: AtomicBool::new(false),
            reason: Mutex::new(None),
        }))
    }

    pub(super) fn is_rehearsal(&self) -> bool {
        self.0.is_rehearsal
    }

    /// Has the SDK send this body in place of its own. `was_sent` is `true` if an attempt has sent it already.
    pub(super) fn hand_over(&self, body: SdkBody, was_sent: bool) {
        let _ = self.0.handed_over.set(SentBody(body));
        self.0.is_counted.store(was_sent, Ordering::Relaxed);
        // Until the SDK takes that attempt over.
        let is_unanswered = was_sent && self.0.writes;
        self.0.unanswered.store(is_unanswered, Ordering::Relaxed);
    }

    /// Notes that the SDK learns what came of the attempt that was handed over.
    pub(super) fn take_over(&self) {
        self.0.unanswered.store(false, Ordering::Relaxed);
    }

    /// Returns the body of an attempt that was handed over.
    pub(super) fn sent_body(&self) -> Option<SdkBody> {
        self.0.handed_over.get()?.0.try_clone()
    }

    /// Returns `true` if the SDK's request of this call is one to learn from.
    pub(super) fn is_seen(&self) -> bool {
        self.0.goes_direct && self.0.handed_over.get().is_none()
    }

    /// Counts an attempt, and warns when it is not the first.
    pub(super) fn begin_attempt(&self) {
        if self.0.is_counted.swap(false, Ordering::Relaxed) {
            return;
        }
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

    /// Notes that an attempt is about to be sent.
    pub(super) fn transmit(&self) {
        self.0.under_way.store(true, Ordering::Relaxed);
    }

    /// Notes why an attempt failed. `had_connection` is `false` if there was no connection to send anything on.
    pub(super) fn failed(
        &self,
        error: &OrchestratorError<OperationError>,
        status: Option<u16>,
        had_connection: bool,
    ) {
        let reason = reason(self.0.code, error, status);
        // Behind a poisoned lock the reason is whole, because it is replaced in one step.
        *self.0.reason.lock().unwrap_or_else(|e| e.into_inner()) = Some(reason);
        let under_way = self.0.under_way.swap(false, Ordering::Relaxed);
        let may_have_left = under_way && had_connection;
        if self.0.writes && may_have_left && unanswered(error, status) {
            self.0.unanswered.store(true, Ordering::Relaxed);
        }
    }
}

/// Returns the code of an operation's error, whose type the SDK has erased.
fn code<E>(error: &OperationError) -> Option<&str>
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    error.downcast_ref::<E>()?.code()
}

/// Returns `true` if an attempt with this error may have reached DynamoDB, and no answer says what it did.
fn unanswered(error: &OrchestratorError<OperationError>, status: Option<u16>) -> bool {
    if let Some(status) = status {
        // The server failed, or it succeeded and its answer was unreadable or refused by an interceptor.
        status >= 500 || (200..300).contains(&status)
    } else if let Some(connector) = error.as_connector_error() {
        !connector.is_user() && !never_left(connector)
    } else {
        error.is_operation_error() || error.is_timeout_error() || error.is_response_error()
    }
}

/// Returns why an attempt failed, without DynamoDB's message, because that may have values in it.
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
