//! `Records::each`: in order, up to the first failure.

use dkmio::aws_sdk_dynamodb::types::StreamViewType;
use dkmio::{BatchResponse, Change, Error, KeyChange, Records};
use dkmio_tests::logs::Logs;
use dkmio_tests::orders::{Orders, order};
use dkmio_tests::table_stream::TableStream;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Returns the records of four orders that were put.
async fn four_orders() -> Result<Records, Error> {
    let stream = TableStream::of::<Orders>(StreamViewType::NewAndOldImages).await;
    for id in ["o1", "o2", "o3", "o4"] {
        Orders::put(&order("usr_1", id)).execute(&stream.db).await?;
    }
    Ok(Records::from(stream.records().await))
}

fn written(response: &BatchResponse) -> String {
    serde_json::to_string(response).unwrap()
}

#[tokio::test]
async fn all_records_are_handed_over_in_their_order() -> Result<(), Error> {
    let records = four_orders().await?;
    let mut seen = Vec::new();
    let response = records
        .each(|change: KeyChange<Orders>| {
            seen.push(change.key.order_id);
            async { Ok::<_, Error>(()) }
        })
        .await;
    assert_eq!(seen, ["o1", "o2", "o3", "o4"]);
    assert_eq!(written(&response), r#"{"batchItemFailures":[]}"#);
    assert!(response.failed_at().is_none() && response.error().is_none());
    let response = aws_lambda_events::streams::DynamoDbEventResponse::from(response);
    assert!(response.batch_item_failures.is_empty());
    Ok(())
}

#[tokio::test]
async fn the_first_failure_is_the_last_record() -> Result<(), Error> {
    let logs = Logs::capture();
    let records = four_orders().await?;
    let failing = records.iter().nth(2).unwrap().sequence_number().unwrap();
    let seen = AtomicUsize::new(0);
    let response = records
        .each(async |change: Change<Orders>| {
            seen.fetch_add(1, Ordering::Relaxed);
            match change.after() {
                Some(order) if order.order_id == "o3" => Err("no stock for usr_1"),
                _ => Ok(()),
            }
        })
        .await;
    assert_eq!(seen.into_inner(), 3);
    assert_eq!(response.failed_at(), Some(failing));
    let expected = format!(r#"{{"batchItemFailures":[{{"itemIdentifier":"{failing}"}}]}}"#);
    assert_eq!(written(&response), expected);
    assert_eq!(response.error().unwrap().to_string(), "no stock for usr_1");
    let answer = aws_lambda_events::streams::DynamoDbEventResponse::from(response);
    let text = serde_json::to_string(&answer).unwrap();
    assert_eq!(text, expected);
    let [logged] = &logs.events("ERROR")[..] else {
        panic!("not one error is logged");
    };
    let logged = logged.to_string();
    assert!(logged.contains(failing) && !logged.contains("no stock"));
    Ok(())
}

#[tokio::test]
async fn a_record_that_does_not_read_fails_with_its_error() -> Result<(), Error> {
    let json = r#"{"Records": [
        {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "100", "Keys": {},
            "NewImage": {"user_id": {"S": "usr_1"}, "order_id": {"N": "7"}}}},
        {"eventName": "REMOVE", "dynamodb": {"SequenceNumber": "200", "Keys": {}}}
    ]}"#;
    let records = Records::from_json(json)?;
    let called = AtomicUsize::new(0);
    let logs = Logs::capture();
    let response = records
        .each(async |_: Change<Orders>| {
            called.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Error>(())
        })
        .await;
    assert_eq!(called.into_inner(), 0);
    assert_eq!(response.failed_at(), Some("100"));
    let error = response.error().unwrap().downcast_ref::<Error>();
    assert!(matches!(error, Some(Error::Decode(e)) if e.path() == "order_id"));
    assert!(logs.events("ERROR")[0].to_string().contains("`order_id`"));
    assert!(response.into_result().is_err());
    Ok(())
}

#[tokio::test]
async fn without_a_sequence_number_the_whole_batch_fails() -> Result<(), Error> {
    let json = r#"[{"eventName": "REMOVE", "dynamodb": {"Keys": {}}}]"#;
    let handler = async |_: KeyChange<Orders>| Ok::<_, Error>(());
    let response = Records::from_json(json)?.each(handler).await;
    assert_eq!(
        written(&response),
        r#"{"batchItemFailures":[{"itemIdentifier":""}]}"#
    );
    Ok(())
}

#[tokio::test]
async fn a_batch_is_worked_through_in_a_task() -> Result<(), Error> {
    let records = four_orders().await?;
    let db = dkmio_tests::database::Database::with::<Orders>().await?;
    let copied = db.clone();
    let task = tokio::spawn(async move {
        let db = &copied;
        records
            .each(async |change: Change<Orders>| match change.after() {
                Some(order) => Orders::put(order).execute(db).await,
                None => Ok(()),
            })
            .await
    });
    assert!(task.await.unwrap().error().is_none());
    assert_eq!(Orders::query("usr_1").count(&db).await?, 4);
    Ok(())
}
