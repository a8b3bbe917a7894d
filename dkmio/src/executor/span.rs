//! The span and the event of each request, with OpenTelemetry's names.

use super::call::Call;
use super::observer::Facts;
use crate::error::Error;
use std::time::Duration;
use tracing::Span;
use tracing::field::{Empty, display};

/// Opens the span of one request. Its empty fields are recorded by [`close`].
pub(super) fn open(call: &Call, client: Option<&str>) -> Span {
    tracing::debug_span!(
        target: "dkmio",
        "dynamodb",
        otel.name = format_args!("{} {}", call.operation(), call.table()),
        otel.kind = "client",
        otel.status_code = Empty,
        db.system.name = "aws.dynamodb",
        db.operation.name = call.operation(),
        db.collection.name = %call.table(),
        db.response.status_code = Empty,
        "error.type" = Empty,
        aws.request_id = Empty,
        aws.dynamodb.index_name = call.index(),
        aws.dynamodb.count = Empty,
        aws.dynamodb.scanned_count = Empty,
        aws.dynamodb.consumed_capacity = Empty,
        http.request.resend_count = Empty,
        dkmio.client = client,
    )
}

/// Records the outcome of the request on its span, and writes its event.
pub(super) fn close(
    span: &Span,
    call: &Call,
    elapsed: Option<Duration>,
    request_id: Option<&str>,
    facts: &Facts,
    error: Option<&Error>,
) {
    if !span.is_disabled() {
        let attempts = call.attempts();
        if attempts > 1 {
            span.record("http.request.resend_count", attempts - 1);
        }
        span.record("aws.request_id", request_id);
        if let Some((count, scanned)) = facts.counts {
            span.record("aws.dynamodb.count", count);
            span.record("aws.dynamodb.scanned_count", scanned);
        }
        if let Some(consumed) = &facts.consumed {
            span.record("aws.dynamodb.consumed_capacity", display(consumed));
        }
        if let Some(error) = error {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", error.code().unwrap_or(error.kind()));
            span.record("db.response.status_code", error.code());
        }
    }
    let elapsed_ms = elapsed.map(|elapsed| elapsed.as_secs_f64() * 1e3);
    let (operation, table, attempts) = (call.operation(), call.table(), call.attempts());
    span.in_scope(|| match error {
        None => tracing::debug!(
            target: "dkmio",
            elapsed_ms,
            attempts,
            "{operation} on {table}"
        ),
        Some(e) => tracing::debug!(
            target: "dkmio",
            elapsed_ms,
            attempts,
            error.code = e.code(),
            request_id,
            "{operation} on {table} failed"
        ),
    });
}
