//! Answers that stop in the middle, that trickle, and that break off: the SDK's protections work as without the wire codec.

use crate::slow::{Clock, End, PAUSE, Slow};
use crate::tables::{item, key};
use crate::{in_time, variant};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use dkmio::aws_sdk_dynamodb::config::retry::RetryConfig;
use dkmio::aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use dkmio::aws_sdk_dynamodb::config::{Builder, StalledStreamProtectionConfig};
use dkmio::aws_sdk_dynamodb::{Client, error::DisplayErrorContext};
use dkmio::{DynamoDb, Error, codec};
use dkmio_tests::canned::{Canned, connection, json};
use dkmio_tests::orders::Orders;
use std::time::Duration;
use tokio::time::Instant;

/// An answer to a query or a get, of some kilobytes.
fn whole(operation: &str) -> Bytes {
    let items: Vec<String> = (1..=20)
        .map(|at| codec::to_json(&item(at)).unwrap())
        .collect();
    let body = match operation {
        "GetItem" => format!(r#"{{"Item":{}}}"#, items[0]),
        _ => format!(r#"{{"Items":[{}],"Count":20}}"#, items.join(",")),
    };
    body.into()
}

/// The first half of it.
fn half(operation: &str) -> [Bytes; 1] {
    let whole = whole(operation);
    [whole.slice(..whole.len() / 2)]
}

#[derive(Clone, Copy, Debug)]
enum Read {
    Get,
    Query,
}

impl Read {
    /// Returns how many items came.
    async fn run(self, db: &DynamoDb) -> Result<usize, Error> {
        match self {
            Self::Get => {
                let got = Orders::get(key(1)).execute(db).await?;
                assert!(got.is_none_or(|got| got == item(1)));
                Ok(1)
            }
            Self::Query => {
                let items = Orders::query("usr_1").execute(db).await?.into_items();
                let expected: Vec<Orders> = (1..=20).map(item).collect();
                assert_eq!(items, expected);
                Ok(items.len())
            }
        }
    }

    /// The same by the SDK alone: whether it is done, or what it says.
    async fn by_the_sdk(self, config: Builder) -> Result<(), String> {
        let client = Client::from_conf(config.build());
        match self {
            Self::Get => {
                let get = client.get_item().table_name("orders");
                let get = get.set_key(Some(codec::to_item(&item(1)).unwrap()));
                let sent = get.send().await;
                sent.map(drop)
                    .map_err(|e| DisplayErrorContext(e).to_string())
            }
            Self::Query => {
                let sent = client.query().table_name("orders").send().await;
                sent.map(drop)
                    .map_err(|e| DisplayErrorContext(e).to_string())
            }
        }
    }
}

/// How a read ended, and after how many attempts.
#[derive(Debug, PartialEq)]
struct Ended {
    result: Result<usize, (&'static str, bool, String)>,
    attempts: usize,
}

/// Reads with the codec and without, and holds both against the SDK alone. Returns how it ended, and after how long.
async fn everyway(
    read: Read,
    answer: impl Fn(usize, &str) -> SdkBody + Clone + Send + Sync + 'static,
    configure: impl Fn(Builder) -> Builder,
) -> (Ended, Duration) {
    let canned = || {
        let answer = answer.clone();
        Canned::new(move |at, sent| json(200, answer(at, sent.operation())))
    };
    let config = |canned: &Canned| {
        let retries = RetryConfig::standard().with_max_attempts(3);
        let config = canned
            .config()
            .time_source(Clock::new())
            .retry_config(retries.with_initial_backoff(Duration::from_millis(1)));
        configure(config)
    };
    let mut ended = Vec::new();
    for has_codec in [true, false] {
        let (canned, started) = (canned(), Instant::now());
        let db = connection(config(&canned), has_codec);
        let result = in_time(read.run(&db)).await;
        let result = result.map_err(|e| (variant(&e), e.is_retryable(), crate::printed(&e)));
        let attempts = canned.sent().len();
        ended.push((Ended { result, attempts }, started.elapsed()));
    }
    let (canned, started) = (canned(), Instant::now());
    let by_the_sdk = in_time(read.by_the_sdk(config(&canned))).await;
    let elapsed = started.elapsed();
    for (ended, after) in &ended {
        assert_eq!(by_the_sdk.is_ok(), ended.result.is_ok(), "{by_the_sdk:?}");
        assert_eq!(canned.sent().len(), ended.attempts, "{read:?}");
        let apart = elapsed.abs_diff(*after);
        assert!(apart < Duration::from_millis(50), "{read:?}: {apart:?}");
    }
    let with_codec = ended.remove(0);
    assert_eq!(with_codec.0, ended[0].0, "{read:?}");
    with_codec
}

fn grace(seconds: u64) -> impl Fn(Builder) -> Builder {
    move |config| {
        let grace = Duration::from_secs(seconds);
        let protection = StalledStreamProtectionConfig::enabled().grace_period(grace);
        config.stalled_stream_protection(protection.build())
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_stops_is_given_up_by_the_protection() {
    for read in [Read::Get, Read::Query] {
        let answer = |_, operation: &str| Slow::body(half(operation), PAUSE, End::Never);
        let (ended, after) = everyway(read, answer, grace(9)).await;
        let (variant, is_retryable, text) = ended.result.unwrap_err();
        assert_eq!((variant, is_retryable), ("Connection", true), "{text}");
        assert!(text.contains("throughput"), "{text}");
        let seconds = after.as_secs_f64() / ended.attempts as f64;
        assert!((9.0..12.0).contains(&seconds), "{after:?}: {text}");
    }
}

/// The SDK's grace period for an AWS service is 5 seconds, unless it is set.
#[tokio::test(start_paused = true)]
async fn an_answer_that_stops_is_given_up_without_any_setting() {
    for read in [Read::Get, Read::Query] {
        let answer = |_, operation: &str| Slow::body(half(operation), PAUSE, End::Never);
        let (ended, after) = everyway(read, answer, |config| config).await;
        let (variant, _, text) = ended.result.unwrap_err();
        assert_eq!(variant, "Connection", "{text}");
        let seconds = after.as_secs_f64() / ended.attempts as f64;
        assert!((5.0..8.0).contains(&seconds), "{after:?}: {text}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_stops_is_ended_by_the_timeouts() {
    let protection = StalledStreamProtectionConfig::disabled();
    let [operation, attempt] = [3, 2].map(Duration::from_secs);
    let whole = TimeoutConfig::builder().operation_timeout(operation);
    let each = TimeoutConfig::builder().operation_attempt_timeout(attempt);
    for (timeouts, attempts, seconds) in [(whole.build(), 1, 3.0), (each.build(), 3, 6.0)] {
        for read in [Read::Get, Read::Query] {
            let answer = |_, operation: &str| Slow::body(half(operation), PAUSE, End::Never);
            let configure = |config: Builder| {
                let config = config.stalled_stream_protection(protection.clone());
                config.timeout_config(timeouts.clone())
            };
            let (ended, after) = everyway(read, answer, configure).await;
            let (variant, is_retryable, text) = ended.result.unwrap_err();
            assert_eq!((variant, is_retryable), ("Timeout", true), "{text}");
            assert_eq!(ended.attempts, attempts);
            let after = after.as_secs_f64();
            assert!((seconds..seconds + 0.1).contains(&after), "{after}");
        }
    }
}

/// It takes longer than the grace period, and never stands still as long.
#[tokio::test(start_paused = true)]
async fn an_answer_that_trickles_is_read() {
    for read in [Read::Get, Read::Query] {
        let answer = |_, operation: &str| {
            let whole = whole(operation);
            let size = whole.len().div_ceil(60);
            let parts: Vec<Bytes> = whole.chunks(size).map(|p| p.to_vec().into()).collect();
            Slow::body(parts, Duration::from_millis(500), End::Whole)
        };
        let (ended, after) = everyway(read, answer, grace(5)).await;
        let expected = match read {
            Read::Get => 1,
            Read::Query => 20,
        };
        assert_eq!(ended.result, Ok(expected));
        assert_eq!(ended.attempts, 1);
        assert!(after > Duration::from_secs(20), "{after:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    for read in [Read::Get, Read::Query] {
        for breaks in [1, 2] {
            let answer = move |at, operation: &str| match at < breaks {
                true => Slow::body(half(operation), PAUSE, End::Reset),
                false => SdkBody::from(whole(operation).to_vec()),
            };
            let (ended, _) = everyway(read, answer, |config| config).await;
            assert!(ended.result.is_ok(), "{ended:?}");
            assert_eq!(ended.attempts, breaks + 1);
        }
        let answer = |_, operation: &str| Slow::body(half(operation), PAUSE, End::Reset);
        let (ended, _) = everyway(read, answer, |config| config).await;
        let (variant, is_retryable, text) = ended.result.unwrap_err();
        assert_eq!((variant, is_retryable), ("Connection", true), "{text}");
        assert_eq!(ended.attempts, 3);
    }
}

/// An answer whose items are read, and that then breaks off, brings none of them.
#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_behind_its_items_is_asked_for_again() {
    let answer = |at, operation: &str| match at {
        0 => Slow::body([whole(operation)], PAUSE, End::Reset),
        _ => SdkBody::from(whole(operation).to_vec()),
    };
    for read in [Read::Get, Read::Query] {
        let (ended, _) = everyway(read, answer, |config| config).await;
        assert!(ended.result.is_ok(), "{ended:?}");
        assert_eq!(ended.attempts, 2);
    }
}
