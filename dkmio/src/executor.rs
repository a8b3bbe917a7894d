//! The one way to DynamoDB: every request of every verb goes through [`DynamoDb::call`].

mod call;
mod connection;
mod multi_request;
mod request;
mod retry;
mod tables;

pub(crate) use self::call::Call;
pub use self::connection::DynamoDb;
pub(crate) use self::connection::{ClientSource, Settings};
pub(crate) use self::request::{PagedRequest, RawPage, Request};
pub(crate) use self::retry::Backoff;
pub(crate) use self::tables::TableNames;
use crate::error::{Error, from_sdk};
use std::time::Instant;
use tracing::Instrument;

impl DynamoDb {
    /// Sends one request: names the table, opens a span, sends, maps the error.
    pub(crate) async fn call<R: Request>(&self, mut request: R) -> Result<R::Output, Error> {
        let client = self.client().await?;
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
        let sending = request.send(&client, call.clone());
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
