//! The one way to DynamoDB: every request of every verb goes through [`DynamoDb::call`].

mod breaker;
mod call;
mod connection;
mod multi_request;
mod request;
mod retry;
mod tables;

use self::breaker::Sample;
pub use self::breaker::{CircuitBreaker, CircuitBreakerConfig, CircuitState};
pub(crate) use self::call::Call;
pub use self::connection::DynamoDb;
pub(crate) use self::connection::{ClientSource, Settings};
pub(crate) use self::request::{PagedRequest, RawPage, Request};
pub(crate) use self::retry::Backoff;
pub(crate) use self::tables::TableNames;
use crate::error::{CircuitOpen, Error, from_sdk};
use std::time::Instant;
use tracing::Instrument;

impl DynamoDb {
    /// Makes one request: names the table, opens a span, sends, and says what became of it.
    pub(crate) async fn call<R: Request>(&self, mut request: R) -> Result<R::Output, Error> {
        let table = request.resolve_tables(self.table_names());
        let span = tracing::debug_span!(
            target: "dkmio",
            "dynamodb",
            db.system.name = "aws.dynamodb",
            db.operation.name = R::OPERATION,
            db.collection.name = %table,
            aws.dynamodb.index_name = request.index(),
            dkmio.client = self.name(),
        );
        let call = Call::new::<R>(table);
        let started = Instant::now();
        // Boxed: the SDK's future is several kilobytes, and would be part of each future above it.
        let result = Box::pin(self.send(request, &call).instrument(span.clone())).await;
        let elapsed = started.elapsed();
        let table = call.table();
        span.in_scope(|| match &result {
            Ok(_) => tracing::debug!(
                target: "dkmio",
                ?elapsed,
                attempts = call.attempts(),
                "{} on {table}",
                R::OPERATION
            ),
            Err(e) => tracing::debug!(
                target: "dkmio",
                ?elapsed,
                attempts = call.attempts(),
                error.code = e.code(),
                request_id = e.request_id(),
                "{} on {table} failed",
                R::OPERATION
            ),
        });
        result
    }

    /// Sends it, if the circuit breaker lets it pass.
    async fn send<R: Request>(&self, request: R, call: &Call) -> Result<R::Output, Error> {
        let permit = self.circuit_breaker().admit().map_err(|time_left| {
            Error::CircuitOpen(CircuitOpen::new(R::OPERATION, call.table(), time_left))
        })?;
        let client = self.client().await?;
        let result = request.send(&client, call.clone()).await;
        let result = result.map_err(|e| from_sdk(R::OPERATION, call.table(), e, call.unanswered()));
        permit.settle(Sample::of(&result));
        result
    }
}
