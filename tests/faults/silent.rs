//! What is logged while everything is done that can be done, and goes wrong: never a value.

use crate::in_time;
use crate::verbs::{SENTINEL, Verb, table};
use dkmio::{CapacityMeter, Cursor, DynamoDb, Error, attr};
use dkmio_tests::faults::{Fault, Faults, Share};
use dkmio_tests::logs::Logs;
use dkmio_tests::orders::{Address, Orders, Status, order};
use std::time::Duration;

/// An order with the sentinel in its key and in every attribute that takes text.
fn secret(id: &str) -> Orders {
    let mut order = order(&format!("{SENTINEL}-user"), &format!("{SENTINEL}-{id}"));
    order.created_at = format!("2025-01-01 {SENTINEL}");
    order.region = Some(SENTINEL.to_owned());
    order.description = Some(SENTINEL.to_owned());
    order.address = Some(Address {
        street: SENTINEL.to_owned(),
        city: SENTINEL.to_owned(),
        zip: Some(SENTINEL.to_owned()),
    });
    order.tags = [SENTINEL].into_iter().collect();
    order
}

/// Runs everything once, and does not look at what comes of it.
async fn everything(db: &DynamoDb) {
    let one = secret("1");
    let user = format!("{SENTINEL}-user");
    let key = || (user.as_str(), format!("{SENTINEL}-1"));
    let mut errors: Vec<Option<Error>> = Vec::new();
    macro_rules! run {
        ($($future:expr),* $(,)?) => { $( errors.push(in_time($future).await.err()); )* };
    }
    let orders: Vec<Orders> = (0..30).map(|n| secret(&n.to_string())).collect();
    run!(
        Orders::put(&one).execute(db),
        Orders::put(&one)
            .if_not_exists()
            .return_old_on_failure()
            .execute(db),
        Orders::get(key()).execute(db),
        Orders::get(("", SENTINEL)).execute(db),
        Orders::get((&SENTINEL.repeat(1000), SENTINEL)).execute(db),
        Orders::update(key())
            .set(|o| o.description(), format!("{SENTINEL} new"))
            .set(|o| o.address().city(), SENTINEL)
            .condition(|o| o.description().eq(SENTINEL))
            .return_new()
            .execute(db),
        Orders::update(key())
            .set(|o| o.status(), Status::Shipped)
            .condition(|o| o.description().eq(format!("{SENTINEL} other")))
            .return_old_on_failure()
            .execute(db),
        Orders::update((SENTINEL, "none"))
            .set(|o| o.address().city(), SENTINEL)
            .execute(db),
        Orders::query(&*user)
            .filter(|o| o.description().contains(SENTINEL))
            .execute(db),
        Orders::query(&*user)
            .sk(|k| k.begins_with(SENTINEL))
            .fetch_all(db),
        Orders::by_region().query(SENTINEL).execute(db),
        Orders::scan()
            .filter(|o| o.tags().contains(SENTINEL))
            .count(db),
        Orders::scan()
            .filter(|_| attr("description").eq(SENTINEL))
            .segments(2)
            .fetch_all(db),
        Orders::query(&*user)
            .limit(1)
            .start_from("Zm9v".parse::<Cursor>().ok())
            .execute(db),
        Orders::batch_write().put_all(&orders).execute(db),
        Orders::batch_get(
            orders
                .iter()
                .map(|o| (o.user_id.clone(), o.order_id.clone()))
        )
        .execute(db),
        dkmio::transact_write()
            .add(Orders::put(&secret("t")).if_not_exists())
            .add(
                Orders::update(key())
                    .set(|o| o.region(), SENTINEL)
                    .condition(|o| o.region().eq("x"))
            )
            .retry_conflicts(Duration::from_secs(1))
            .execute(db),
        dkmio::transact_get((Orders::get(key()), Orders::get((SENTINEL, "x")))).execute(db),
        Orders::delete(key())
            .condition(|o| o.region().eq(SENTINEL))
            .return_old()
            .execute(db),
    );
    let loader = db.loader::<Orders>();
    errors.push(in_time(loader.load(key())).await.err());
    // Programs log errors.
    for error in errors.into_iter().flatten() {
        tracing::error!(target: "dkmio", %error, ?error, "failed");
    }
}

/// What may hold no value: all that dkmio says, and what the SDK says below TRACE, where it prints whole requests.
fn assert_silent(logs: &Logs) {
    let mut lines = 0;
    for line in logs.text().lines() {
        let json: serde_json::Value = serde_json::from_str(line).unwrap();
        if json["target"] == "dkmio" {
            lines += 1;
        } else if json["level"] == "TRACE" {
            continue;
        }
        assert!(!line.contains(SENTINEL), "{line}");
    }
    assert!(lines > 20, "only {lines} lines");
}

#[tokio::test(start_paused = true)]
async fn what_goes_well_is_logged_without_values() {
    let faults = table().await;
    let builder = DynamoDb::builder().client(faults.client());
    let db = builder.return_consumed_capacity().build();
    let logs = Logs::capture();
    everything(&db.metered(&CapacityMeter::new())).await;
    assert_silent(&logs);
}

#[tokio::test(start_paused = true)]
async fn what_fails_is_logged_without_values() {
    for fault in [
        Fault::Throttled,
        Fault::TransactionConflict,
        Fault::Timeout,
        Fault::AnswerLost,
        Fault::AnswerTruncated,
        Fault::Code(400, "ValidationException"),
    ] {
        let faults = table().await;
        let db = DynamoDb::builder().client(faults.client());
        let db = db.circuit_breaker(None).build();
        everything(&faults.calm_db()).await;
        let logs = Logs::capture();
        for operation in ALL {
            faults.on(operation, fault);
        }
        everything(&db).await;
        assert_silent(&logs);
    }
}

const ALL: [&str; 10] = [
    "GetItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "Query",
    "Scan",
    "BatchGetItem",
    "BatchWriteItem",
    "TransactGetItems",
    "TransactWriteItems",
];

#[tokio::test(start_paused = true)]
async fn retries_leftovers_and_an_open_circuit_are_logged_without_values() {
    let faults: Faults = table().await.attempts(3);
    let db = faults.db();
    let logs = Logs::capture();
    faults.seeded(7, 0.3);
    for _ in 0..4 {
        faults.script_for("BatchWriteItem", [Fault::Unprocessed(Share::Half)]);
        faults.script_for("BatchGetItem", [Fault::Unprocessed(Share::Half)]);
        everything(&db).await;
    }
    faults.calm();
    for operation in ALL {
        faults.on(operation, Fault::ConnectionRefused);
    }
    everything(&db).await;
    let refused = Verb::Get.run(&db).await.unwrap_err();
    assert!(matches!(refused, Error::CircuitOpen(_)), "{refused}");
    assert!(!logs.events("WARN").is_empty());
    assert_silent(&logs);
}
