//! The one way to DynamoDB: every request of every verb goes through [`DynamoDb::call`].

mod call;
mod connection;
mod multi_request;
mod reading;
mod request;
mod retry;
mod tables;
mod wire;

use self::call::Call;
pub use self::connection::DynamoDb;
pub(crate) use self::connection::{ClientSource, Settings};
pub(crate) use self::reading::Reading;
pub(crate) use self::request::{PagedRequest, RawPage, Request};
pub(crate) use self::retry::Backoff;
pub(crate) use self::tables::TableNames;
use self::wire::{CALL, Exchange, Wire};
pub(crate) use self::wire::{Carries, Receive};
use crate::error::{Error, from_sdk};
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument;

impl DynamoDb {
    /// Sends one request that brings no items, and has none in it.
    pub(crate) async fn call<R: Request>(&self, request: R) -> Result<R::Output, Error> {
        self.send(request, None).await
    }

    /// Sends one request, and hands the items of its answer to `receive`.
    pub(crate) async fn exchange<R: Carries, I: Receive>(
        &self,
        request: R,
        receive: I,
    ) -> Result<(R::Output, I), Error> {
        if !self.in_bytes() {
            let output = self.send(request, None).await?;
            return Ok(received::<R, I>(output, receive));
        }
        let exchange = Arc::new(Exchange::new::<R>(receive));
        let wire: Arc<dyn Wire> = exchange.clone();
        let output = self.send(request, Some(wire)).await?;
        Ok(match exchange.finish() {
            Ok(full) => (output, full),
            Err(empty) => received::<R, I>(output, empty),
        })
    }

    /// Sends one request: names the table, opens a span, sends, maps the error.
    async fn send<R: Request>(
        &self,
        mut request: R,
        wire: Option<Arc<dyn Wire>>,
    ) -> Result<R::Output, Error> {
        let client = self.connected().await?;
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
        let call = Call::new::<R>(table, wire);
        let started = Instant::now();
        // Boxed: the SDK's future is several kilobytes, and would be part of each future above it.
        let sending = CALL.scope(call.clone(), request.send(client));
        let result = Box::pin(sending.instrument(span.clone())).await;
        let elapsed = started.elapsed();
        let table = call.table();
        let result = result.map_err(|e| from_sdk(R::OPERATION, table, e, call.unanswered()));
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
}

/// Hands over the items that the SDK has read.
fn received<R: Carries, I: Receive>(mut output: R::Output, mut receive: I) -> (R::Output, I) {
    R::items(&mut output, &mut receive);
    (output, receive)
}
