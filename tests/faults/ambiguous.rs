//! An attempt that went unanswered makes every later end of its write ambiguous; a read is never ambiguous.

use crate::tables::item;
use crate::verbs::{SENTINEL, Verb, table};
use crate::{in_time, printed};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    ConfigBag, Credentials, IdentityCache, Intercept, RuntimeComponents,
};
use aws_smithy_runtime_api::box_error::BoxError;
use dkmio::{DynamoDb, DynamoTable, Error};
use dkmio_tests::faults::{Fault, Faults};
use dkmio_tests::orders::Orders;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Credentials for a number of attempts only, as of a role that is taken away.
#[derive(Debug)]
struct RunningOut {
    left: AtomicU32,
}

impl ProvideCredentials for RunningOut {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let left = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            });
        future::ProvideCredentials::ready(match left {
            Ok(_) => Ok(Credentials::new("faults", "faults", None, None, "faults")),
            Err(_) => Err(CredentialsError::not_loaded("the role is gone")),
        })
    }
}

/// Returns a connection whose credentials last for this many attempts.
fn with_credentials_for(attempts: u32, faults: &Faults) -> DynamoDb {
    let config = faults.client().config().to_builder();
    let config = config
        .credentials_provider(RunningOut {
            left: AtomicU32::new(attempts),
        })
        .identity_cache(IdentityCache::no_cache());
    DynamoDb::from_client(Client::from_conf(config.build()))
}

/// How many requests that are not sent have credentials too: one before a first direct attempt.
fn rehearsals() -> u32 {
    let is_rehearsed = std::env::var("DKMIO_DIRECT").is_ok_and(|value| value == "always");
    u32::from(is_rehearsed)
}

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "visits")]
struct Visits {
    #[pk]
    id: String,
    count: u64,
}

#[tokio::test(start_paused = true)]
async fn a_write_whose_credentials_run_out_after_an_unanswered_attempt_is_ambiguous() {
    for fault in [
        Fault::AnswerLost,
        Fault::AnswerLate,
        Fault::AnswerCut,
        Fault::InternalServerError,
        Fault::Unavailable,
        Fault::Timeout,
    ] {
        let faults = Faults::new().attempts(3);
        faults.calm_db().create_table::<Visits>().await.unwrap();
        faults.script([fault]);
        let db = with_credentials_for(1 + rehearsals(), &faults);
        let update = Visits::update("v").add(|v| v.count(), 1);
        let error = in_time(update.execute(&db)).await.unwrap_err();
        assert!(
            matches!(error, Error::Configuration(_)),
            "{fault:?}: {error}"
        );
        assert!(error.is_ambiguous(), "{fault:?}: {error}");
        assert!(!error.is_retryable(), "{fault:?}: {error}");
        assert!(error.to_string().contains("may have happened"), "{error}");
        assert_eq!(faults.requests("UpdateItem"), 1, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_run_out_after_an_answer_leave_nothing_in_doubt() {
    for fault in [Fault::Throttled, Fault::ConnectionRefused] {
        let faults = table().await.attempts(3);
        faults.script([fault]);
        let db = with_credentials_for(1, &faults);
        for verb in Verb::ALL {
            let error = in_time(verb.run(&db)).await.unwrap_err();
            assert!(matches!(error, Error::Configuration(_)), "{error}");
            assert!(!error.is_ambiguous(), "{fault:?}, {verb:?}: {error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_batch_whose_credentials_run_out_hands_its_writes_back() {
    for fault in [Fault::AnswerLost, Fault::InternalServerError] {
        let faults = table().await.attempts(3);
        faults.script_for("BatchWriteItem", [fault]);
        let db = with_credentials_for(1, &faults);
        let written: Vec<Orders> = (0..25).map(item).collect();
        let batch = Orders::batch_write().put_all(&written).execute(&db);
        let error = in_time(batch).await.unwrap_err();
        assert!(error.is_ambiguous(), "{fault:?}: {error}");
        let Error::Unprocessed(e) = error else {
            panic!("{fault:?}: {error}");
        };
        assert_eq!((e.written(), e.pending().len()), (0, 25), "{fault:?}");
        assert!(matches!(e.cause(), Some(Error::Configuration(_))), "{e}");
        e.write_again(&faults.calm_db()).await.unwrap();
    }
}

/// Fails every attempt but the first, as a program's own check may.
#[derive(Debug, Default)]
struct OnlyOnce(AtomicU32);

impl Intercept for OnlyOnce {
    fn name(&self) -> &'static str {
        "only once"
    }

    fn modify_before_transmit(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match self.0.fetch_add(1, Ordering::Relaxed) {
            0 => Ok(()),
            _ => Err("not a second time".into()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_ends_a_write_after_an_unanswered_attempt_is_ambiguous() {
    for (last, variant) in [
        (Some(Fault::Throttled), "Throttled"),
        (Some(Fault::ConnectionRefused), "Connection"),
        (Some(Fault::Code(400, "ValidationException")), "Validation"),
        (Some(Fault::Code(400, "AccessDeniedException")), "Service"),
        (
            Some(Fault::Code(400, "ExpiredTokenException")),
            "Configuration",
        ),
        (
            Some(Fault::Code(400, "ResourceNotFoundException")),
            "TableNotFound",
        ),
        (None, "Connection"),
    ] {
        let faults = table().await.attempts(2);
        faults.script([Fault::AnswerLost]);
        faults.script(last);
        let mut config = faults.client().config().to_builder();
        if last.is_none() {
            config = config.interceptor(OnlyOnce::default());
        }
        let db = DynamoDb::from_client(Client::from_conf(config.build()));
        let error = in_time(Verb::Put.run(&db)).await.unwrap_err();
        assert_eq!(crate::variant(&error), variant, "{last:?}: {error}");
        assert!(error.is_ambiguous(), "{last:?}: {error}");
        assert!(!printed(&error).contains(SENTINEL), "{last:?}");
    }
}

/// The time of an operation runs out before credentials are found.
#[tokio::test(start_paused = true)]
async fn a_timeout_before_anything_was_sent_is_not_ambiguous() {
    #[derive(Debug)]
    struct Never;
    impl ProvideCredentials for Never {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::new(std::future::pending())
        }
    }
    let faults = table().await;
    let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_secs(1));
    let config = faults.client().config().to_builder();
    let config = config
        .credentials_provider(Never)
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts.build());
    let db = DynamoDb::from_client(Client::from_conf(config.build()));
    let error = in_time(Verb::Put.run(&db)).await.unwrap_err();
    assert!(!error.is_ambiguous(), "{error}");
    assert_eq!(faults.requests("PutItem"), 0);
}

#[tokio::test(start_paused = true)]
async fn looking_at_a_table_is_never_ambiguous() {
    for operation in ["DescribeTable", "DescribeTimeToLive"] {
        for fault in [
            Fault::AnswerLost,
            Fault::AnswerCut,
            Fault::InternalServerError,
            Fault::Timeout,
            Fault::AnswerLate,
            Fault::AnswerTruncated,
        ] {
            let faults = table().await;
            faults.on(operation, fault);
            let verified = in_time(faults.db().verify_table::<Orders>().into_future()).await;
            let error = verified.unwrap_err();
            assert!(!error.is_ambiguous(), "{operation}, {fault:?}: {error}");
            let text = error.to_string();
            assert!(!text.contains("may have happened"), "{text}");
        }
    }
}
