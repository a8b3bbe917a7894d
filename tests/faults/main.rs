//! What dkmio does when DynamoDB fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking"
)]

mod accounting;
mod again;
mod ambiguous;
mod batch_get;
mod batch_keys;
mod batch_write;
mod borrowed;
mod breaker;
mod changed_inputs;
mod codes;
mod consumer;
mod direct;
mod direct_conditions;
mod dropped;
mod echoed;
mod every_operation;
mod interceptors;
mod key_stream;
mod loader;
mod logs;
mod matrix;
mod mocked;
mod mocked_errors;
mod named_twice;
mod observed;
mod prefetch;
mod put_stream;
mod resent;
mod retries;
mod segments;
mod signed;
mod silent;
mod slow;
mod stalled;
mod streams;
mod tables;
mod transact;
mod transact_puts;
mod unreadable;
mod verbs;
mod versions;

use dkmio::Error;
use std::time::Duration;

/// Fails a test that hangs; with paused time at once.
async fn in_time<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(3600), future)
        .await
        .expect("it hangs")
}

/// The name of an error's variant.
fn variant(error: &Error) -> &'static str {
    match error {
        Error::ConditionFailed(_) => "ConditionFailed",
        Error::TableNotFound(_) => "TableNotFound",
        Error::Validation(_) => "Validation",
        Error::Throttled(_) => "Throttled",
        Error::CollectionSizeLimit(_) => "CollectionSizeLimit",
        Error::TransactionConflict(_) => "TransactionConflict",
        Error::TransactionCanceled(_) => "TransactionCanceled",
        Error::Unprocessed(_) => "Unprocessed",
        Error::Timeout(_) => "Timeout",
        Error::Connection(_) => "Connection",
        Error::Service(_) => "Service",
        Error::Configuration(_) => "Configuration",
        Error::CircuitOpen(_) => "CircuitOpen",
        Error::Decode(_) => "Decode",
        other => panic!("not an error of a fault: {other}"),
    }
}

/// All that an error prints, with its causes.
fn printed(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text += &format!("\n{error}");
        cause = error.source();
    }
    text
}
