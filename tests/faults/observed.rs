//! What observers and spans are told of requests.

use crate::in_time;
use crate::verbs::{SENTINEL, Verb, table};
use dkmio::{DynamoDb, Observation, Observer, Outcome};
use dkmio_tests::faults::{Fault, Faults};
use dkmio_tests::logs::Logs;
use dkmio_tests::orders::{Orders, Status};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was seen of a request, in the order of [`Observation`]'s fields.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    client: Option<String>,
    operation: &'static str,
    table: String,
    index: Option<String>,
    duration: Duration,
    attempts: u32,
    units: Option<f64>,
    counts: Option<(usize, usize)>,
    outcome: String,
}

#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<Seen>>>);

impl Notes {
    fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observer for Notes {
    fn observe(&self, request: &Observation<'_>) {
        assert!(!format!("{request:?}").contains(SENTINEL), "{request:?}");
        self.0.lock().unwrap().push(Seen {
            client: request.client.map(str::to_owned),
            operation: request.operation,
            table: request.table.to_owned(),
            index: request.index.map(str::to_owned),
            duration: request.duration,
            attempts: request.attempts,
            units: request.consumed_capacity.map(|c| c.total()),
            counts: request.count.zip(request.scanned_count),
            outcome: match request.outcome {
                Outcome::Done => "done".to_owned(),
                Outcome::Failed(e) => format!("{} {:?}", e.kind(), e.code()),
                Outcome::Dropped => "dropped".to_owned(),
                other => panic!("{other:?} is new"),
            },
        });
    }
}

fn observed(faults: &Faults) -> (DynamoDb, Notes) {
    let notes = Notes::default();
    let builder = DynamoDb::builder().client(faults.client()).name("billing");
    (builder.observer(notes.clone()).build(), notes)
}

#[tokio::test(start_paused = true)]
async fn an_observer_is_told_of_each_request_once() {
    let faults = table().await;
    let (db, notes) = observed(&faults);
    for verb in Verb::ALL {
        verb.run(&db).await.unwrap();
        let seen = notes.take();
        assert_eq!(seen.len(), 1, "{verb:?}: {seen:?}");
        assert_eq!(seen[0].operation, verb.operation());
        assert_eq!(seen[0].table, "orders");
        assert_eq!(seen[0].client.as_deref(), Some("billing"));
        assert_eq!((seen[0].attempts, seen[0].units), (1, None));
        assert_eq!(seen[0].outcome, "done");
        let walks = matches!(verb, Verb::Query | Verb::Scan);
        assert_eq!(seen[0].counts.is_some(), walks, "{verb:?}");
    }
    Orders::by_status()
        .query(Status::Pending)
        .execute(&db)
        .await
        .unwrap();
    assert_eq!(notes.take()[0].index.as_deref(), Some("gsi-status-date"));
}

#[tokio::test(start_paused = true)]
async fn it_sees_how_long_how_often_and_what_for() {
    let faults = table().await.attempts(3);
    let (db, notes) = observed(&faults);
    faults.latency(Duration::from_millis(40));
    faults.script([Fault::Throttled]);
    Verb::Get.run(&db).await.unwrap();
    let seen = notes.take();
    assert_eq!((seen[0].attempts, seen[0].outcome.as_str()), (2, "done"));
    assert!(seen[0].duration >= Duration::from_millis(80), "{seen:?}");

    faults.on("GetItem", Fault::Throttled);
    Verb::Get.run(&db).await.unwrap_err();
    let seen = notes.take();
    assert_eq!(seen[0].attempts, 3);
    assert_eq!(seen[0].outcome, r#"Throttled Some("ThrottlingException")"#);
}

#[tokio::test(start_paused = true)]
async fn it_sees_refusals_of_the_circuit_breaker() {
    let faults = table().await;
    let (db, notes) = observed(&faults);
    faults.on("GetItem", Fault::ConnectionRefused);
    for _ in 0..6 {
        Verb::Get.run(&db).await.unwrap_err();
    }
    let seen = notes.take();
    assert_eq!(seen[4].outcome, "Connection None");
    assert_eq!(
        (seen[5].outcome.as_str(), seen[5].attempts),
        ("CircuitOpen None", 0)
    );
}

#[tokio::test(start_paused = true)]
async fn it_sees_requests_that_are_dropped() {
    let faults = table().await;
    let (db, notes) = observed(&faults);
    faults.on("PutItem", Fault::Timeout);
    let put = tokio::time::timeout(Duration::from_millis(30), Verb::Put.run(&db));
    assert!(put.await.is_err(), "it is not dropped in the midst");
    let seen = notes.take();
    assert_eq!((seen.len(), seen[0].outcome.as_str()), (1, "dropped"));
    assert!(seen[0].duration >= Duration::from_millis(30), "{seen:?}");
}

/// The fields of the one span of dkmio that was closed.
fn span(logs: &Logs) -> Value {
    let mut closed = logs.lines();
    closed.retain(|line| line["fields"]["message"] == "close");
    assert_eq!(closed.len(), 1, "{closed:?}");
    closed[0]["span"].clone()
}

#[tokio::test(start_paused = true)]
async fn a_span_has_the_names_of_opentelemetry() {
    let faults = table().await.attempts(3);
    let builder = DynamoDb::builder().client(faults.client()).name("billing");
    let db = builder.return_consumed_capacity().build();
    let logs = Logs::capture();
    faults.script([Fault::Unavailable]);
    let query = Orders::by_date().query("usr_1");
    in_time(query.execute(&db)).await.unwrap();
    let span = span(&logs);
    let expected = [
        ("db.system.name", "aws.dynamodb"),
        ("db.operation.name", "Query"),
        ("db.collection.name", "orders"),
        ("aws.dynamodb.index_name", "gsi-date"),
        ("otel.name", "Query orders"),
        ("otel.kind", "client"),
        ("dkmio.client", "billing"),
    ];
    for (name, value) in expected {
        assert_eq!(span[name], value, "{span}");
    }
    for name in ["aws.dynamodb.count", "aws.dynamodb.scanned_count"] {
        assert_eq!(span[name], 1, "{span}");
    }
    assert_eq!(span["http.request.resend_count"], 1, "{span}");
    assert!(span["aws.request_id"].is_string(), "{span}");
    assert!(span["error.type"].is_null(), "{span}");
    let consumed = span["aws.dynamodb.consumed_capacity"].as_str().unwrap();
    let consumed: Value = serde_json::from_str(consumed).unwrap();
    assert_eq!(consumed[0]["TableName"], "orders");
    assert!(consumed[0]["CapacityUnits"].is_number(), "{consumed}");
    assert!(consumed[0]["Indexes"]["gsi-date"].is_object(), "{consumed}");
}

#[tokio::test(start_paused = true)]
async fn the_span_of_a_failure_has_its_type() {
    for (fault, kind, code) in [
        (
            Fault::Throttled,
            "ThrottlingException",
            Some("ThrottlingException"),
        ),
        (Fault::Timeout, "Timeout", None),
        (Fault::ConnectionRefused, "Connection", None),
        (Fault::Unavailable, "Service", None),
    ] {
        let faults = table().await;
        faults.script([fault]);
        let logs = Logs::capture();
        Verb::Put.run(&faults.db()).await.unwrap_err();
        let span = span(&logs);
        assert_eq!(span["error.type"], kind, "{span}");
        assert_eq!(span["otel.status_code"], "ERROR", "{span}");
        assert_eq!(span["db.response.status_code"].as_str(), code, "{span}");
    }
}
