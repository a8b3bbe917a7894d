//! The circuit breaker: what opens it, what closes it, and what it does to operations.

use crate::in_time;
use crate::tables::{item, key};
use crate::verbs::{Verb, table};
use dkmio::error::CircuitOpen;
use dkmio::{CircuitBreakerConfig, CircuitState, DynamoDb, Error};
use dkmio_tests::faults::{Fault, Faults};
use dkmio_tests::logs::Logs;
use dkmio_tests::orders::{Orders, order};
use std::time::Duration;
use tokio::time::{advance, sleep};

const GET: &str = "GetItem";

async fn get(db: &DynamoDb) -> Result<(), Error> {
    in_time(Verb::Get.run(db)).await
}

/// Lets operations fail until the circuit is open; DynamoDB is well after.
async fn opened(faults: &Faults) -> DynamoDb {
    let db = faults.db();
    faults.script([Fault::ConnectionRefused; 5]);
    for _ in 0..5 {
        assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
        get(&db).await.unwrap_err();
    }
    assert_eq!(db.circuit_breaker().state(), CircuitState::Open);
    faults.forget();
    db
}

async fn half_open(faults: &Faults) -> DynamoDb {
    let db = opened(faults).await;
    advance(Duration::from_secs(30)).await;
    assert_eq!(db.circuit_breaker().state(), CircuitState::HalfOpen);
    db
}

fn refused(result: Result<(), Error>) -> CircuitOpen {
    match result {
        Err(Error::CircuitOpen(e)) => e,
        other => panic!("{other:?}, not an open circuit"),
    }
}

#[tokio::test(start_paused = true)]
async fn five_failures_in_a_row_open_it_for_thirty_seconds() {
    for fault in [
        Fault::Throttled,
        Fault::InternalServerError,
        Fault::Unavailable,
        Fault::ConnectionRefused,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::AnswerLate,
        Fault::AnswerCut,
        Fault::AnswerNotJson,
        Fault::AnswerTruncated,
    ] {
        let faults = table().await;
        let db = faults.db();
        faults.on(GET, fault);
        for _ in 0..5 {
            let error = get(&db).await.unwrap_err();
            assert!(!matches!(error, Error::CircuitOpen(_)), "{fault:?}");
        }
        assert_eq!(
            db.circuit_breaker().state(),
            CircuitState::Open,
            "{fault:?}"
        );
        faults.calm();
        advance(Duration::from_secs(10)).await;
        let e = refused(get(&db).await);
        assert_eq!(e.retry_after(), Duration::from_secs(20), "{fault:?}");
        assert_eq!(faults.requests(GET), 5, "{fault:?}: no request is made");
        advance(Duration::from_secs(20)).await;
        assert_eq!(db.circuit_breaker().state(), CircuitState::HalfOpen);
        get(&db).await.unwrap();
        assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
    }
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_refuses_every_operation_without_a_request() {
    let faults = table().await;
    let db = opened(&faults).await;
    for verb in Verb::ALL {
        let error = in_time(verb.run(&db)).await.unwrap_err();
        assert!(error.is_retryable(), "{verb:?}");
        assert!(!error.is_throttling() && !error.is_ambiguous(), "{verb:?}");
        assert_eq!((error.code(), error.request_id()), (None, None));
        let text = error.to_string();
        assert!(text.contains("circuit is open"), "{text}");
        let e = refused(Err(error));
        assert_eq!((e.operation(), e.table()), (verb.operation(), "orders"));
    }
    let create = db.create_table::<Orders>().await;
    refused(create);
    let delete = db.delete_table::<Orders>().await;
    refused(delete);
    assert_eq!(faults.all_requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_loses_nothing_of_a_batch() {
    let faults = table().await;
    let db = opened(&faults).await;
    let items: Vec<Orders> = (0..60).map(item).collect();
    let batch = Orders::batch_write().put_all(&items).execute(&db);
    let Err(Error::Unprocessed(e)) = in_time(batch).await else {
        panic!("it is not unprocessed");
    };
    assert_eq!((e.written(), e.pending().len()), (0, 60));
    assert!(matches!(e.cause(), Some(Error::CircuitOpen(_))));
    let error = Error::Unprocessed(e);
    assert!(error.is_retryable() && !error.is_ambiguous());
    let batch = Orders::batch_get((0..150).map(key)).execute(&db);
    let Err(Error::Unprocessed(e)) = in_time(batch).await else {
        panic!("it is not unprocessed");
    };
    assert_eq!((e.read().len(), e.keys().len()), (0, 150));
    assert_eq!(faults.all_requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn any_other_answer_of_dynamodb_starts_the_count_again() {
    for answer in [
        Fault::None,
        Fault::TransactionConflict,
        Fault::Code(400, "ValidationException"),
        Fault::Code(400, "ConditionalCheckFailedException"),
        Fault::Code(400, "ResourceNotFoundException"),
        Fault::Code(400, "AccessDeniedException"),
        Fault::Code(400, "UnrecognizedClientException"),
    ] {
        let faults = table().await;
        let db = faults.db();
        for _ in 0..3 {
            faults
                .script([Fault::ConnectionRefused; 4])
                .script([answer]);
            for _ in 0..5 {
                drop(get(&db).await);
            }
            assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
        }
        assert_eq!(faults.requests(GET), 15, "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn any_other_answer_of_dynamodb_closes_a_half_open_circuit() {
    for answer in [
        Fault::None,
        Fault::TransactionConflict,
        Fault::Code(400, "ValidationException"),
        Fault::Code(400, "ConditionalCheckFailedException"),
        Fault::Code(400, "ResourceNotFoundException"),
        Fault::Code(400, "AccessDeniedException"),
        Fault::Code(400, "UnrecognizedClientException"),
    ] {
        let faults = table().await;
        let db = half_open(&faults).await;
        faults.script([answer]);
        assert_eq!(get(&db).await.is_ok(), answer == Fault::None);
        assert_eq!(
            db.circuit_breaker().state(),
            CircuitState::Closed,
            "{answer:?}"
        );
    }
    // A condition of the caller's own, too.
    let faults = table().await;
    let db = half_open(&faults).await;
    let put = Orders::put(&order("usr_1", "ord_1")).if_not_exists();
    let error = put.execute(&db).await.unwrap_err();
    assert!(matches!(error, Error::ConditionFailed(_)), "{error}");
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_fails_opens_it_for_the_whole_time_again() {
    let faults = table().await;
    let db = half_open(&faults).await;
    faults.script([Fault::Timeout]);
    let error = get(&db).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error}");
    assert_eq!(db.circuit_breaker().state(), CircuitState::Open);
    assert_eq!(
        refused(get(&db).await).retry_after(),
        Duration::from_secs(30)
    );
    advance(Duration::from_secs(30)).await;
    get(&db).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn one_operation_tries_at_a_time() {
    let faults = table().await;
    faults.latency(Duration::from_millis(50));
    let db = half_open(&faults).await;
    faults.latency(Duration::from_millis(50));
    let probe = get(&db);
    let others = async {
        sleep(Duration::from_millis(10)).await;
        for _ in 0..10 {
            assert_eq!(refused(get(&db).await).retry_after(), Duration::ZERO);
        }
    };
    let (probe, ()) = tokio::join!(probe, others);
    probe.unwrap();
    assert_eq!(faults.requests(GET), 1);
    get(&db).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_dropped_probe_is_given_back() {
    let faults = table().await;
    let db = half_open(&faults).await;
    faults.latency(Duration::from_millis(50));
    let dropped = tokio::time::timeout(Duration::from_millis(10), get(&db)).await;
    assert!(dropped.is_err(), "it is not dropped in the midst");
    assert_eq!(db.circuit_breaker().state(), CircuitState::HalfOpen);
    get(&db).await.unwrap();
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn dropped_operations_are_no_failures() {
    let faults = table().await;
    let db = faults.db();
    faults.latency(Duration::from_millis(50));
    for _ in 0..20 {
        let dropped = tokio::time::timeout(Duration::from_millis(10), get(&db)).await;
        assert!(dropped.is_err(), "it is not dropped in the midst");
    }
    get(&db).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_hot_key_does_not_open_it() {
    let faults = table().await;
    let db = faults.db();
    faults.on(GET, Fault::HotPartition);
    for _ in 0..20 {
        let error = get(&db).await.unwrap_err();
        assert!(matches!(error, Error::Throttled(_)), "{error}");
    }
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
    // Nor does it leave a half-open circuit stuck.
    let faults = table().await;
    let db = half_open(&faults).await;
    faults.script([Fault::HotPartition; 3]);
    for _ in 0..3 {
        let error = get(&db).await.unwrap_err();
        assert!(matches!(error, Error::Throttled(_)), "{error}");
    }
    get(&db).await.unwrap();
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn an_operation_counts_once_whatever_the_sdk_retried() {
    let faults = table().await.attempts(3);
    let db = faults.db();
    faults.on(GET, Fault::ConnectionRefused);
    for _ in 0..4 {
        get(&db).await.unwrap_err();
    }
    assert_eq!(faults.requests(GET), 12);
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
    get(&db).await.unwrap_err();
    assert_eq!(db.circuit_breaker().state(), CircuitState::Open);
    // And not at all if a retry went well.
    let faults = table().await.attempts(3);
    let db = faults.db();
    for _ in 0..10 {
        faults.script([Fault::ConnectionRefused; 2]);
        get(&db).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_before_sending_is_no_sample() {
    let faults = table().await;
    let db = faults.db();
    faults.on(GET, Fault::ConnectionRefused);
    for _ in 0..4 {
        get(&db).await.unwrap_err();
        let empty = Orders::get(("", "ord_1")).execute(&db).await;
        assert!(matches!(empty, Err(Error::InvalidKey(_))), "{empty:?}");
    }
    // It reset nothing: the fifth opens it.
    get(&db).await.unwrap_err();
    assert_eq!(db.circuit_breaker().state(), CircuitState::Open);
}

#[tokio::test(start_paused = true)]
async fn it_can_be_set_and_switched_off() {
    let faults = table().await;
    let config = CircuitBreakerConfig {
        failure_threshold: 2,
        recovery_timeout: Duration::from_secs(3),
    };
    let builder = DynamoDb::builder().client(faults.client());
    let db = builder.circuit_breaker(Some(config)).build();
    faults.on(GET, Fault::ConnectionRefused);
    get(&db).await.unwrap_err();
    get(&db).await.unwrap_err();
    assert_eq!(
        refused(get(&db).await).retry_after(),
        Duration::from_secs(3)
    );

    let builder = DynamoDb::builder().client(faults.client());
    let db = builder.circuit_breaker(None).build();
    faults.forget();
    for _ in 0..50 {
        let error = get(&db).await.unwrap_err();
        assert!(matches!(error, Error::Connection(_)), "{error}");
    }
    assert_eq!(faults.requests(GET), 50);
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
    db.circuit_breaker().reset();
}

#[tokio::test(start_paused = true)]
async fn clones_share_it_and_other_connections_do_not() {
    let faults = table().await;
    let db = opened(&faults).await;
    let (clone, other) = (db.clone(), faults.db());
    refused(get(&clone).await);
    get(&other).await.unwrap();
    clone.circuit_breaker().reset();
    assert_eq!(db.circuit_breaker().state(), CircuitState::Closed);
    get(&db).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn each_transition_is_a_warning_with_the_name_of_the_connection() {
    let faults = table().await;
    let builder = DynamoDb::builder().client(faults.client());
    let db = builder.name("billing").build();
    let logs = Logs::capture();
    faults.script([Fault::ConnectionRefused; 5]);
    for _ in 0..5 {
        get(&db).await.unwrap_err();
    }
    refused(get(&db).await);
    advance(Duration::from_secs(30)).await;
    get(&db).await.unwrap();
    let seen: Vec<(String, String)> = logs
        .events("WARN")
        .iter()
        .map(|event| {
            assert_eq!(event["fields"]["client"], "billing", "{event}");
            let field = |name: &str| event["fields"][name].as_str().unwrap().to_owned();
            (field("from"), field("to"))
        })
        .collect();
    let expected = [
        ("closed", "open"),
        ("open", "half-open"),
        ("half-open", "closed"),
    ];
    assert_eq!(
        seen,
        expected.map(|(from, to)| (from.to_owned(), to.to_owned()))
    );
}
