//! One change as a record of the Streams client, as an event of `aws_lambda_events`, and as Lambda's JSON.

use aws_sdk_dynamodbstreams::types::{AttributeValue, Record as SdkRecord};
use dkmio::aws_sdk_dynamodb::types::StreamViewType;
use dkmio::{Change, Error, FromRecord, KeyChange, Latest, Records};
use dkmio_tests::orders::{Address, LineItem, Orders, Status, order};
use dkmio_tests::table_stream::TableStream;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Debug;

/// Writes records as Lambda does.
fn lambda_json(records: &[SdkRecord]) -> String {
    let records: Vec<Value> = records.iter().map(lambda_record).collect();
    json!({ "Records": records }).to_string()
}

fn lambda_record(record: &SdkRecord) -> Value {
    let change = record.dynamodb().unwrap();
    let mut dynamodb = json!({
        "Keys": item(change.keys().unwrap()),
        "SequenceNumber": change.sequence_number(),
        "SizeBytes": change.size_bytes(),
        "StreamViewType": change.stream_view_type().unwrap().as_str(),
        "ApproximateCreationDateTime": change.approximate_creation_date_time().unwrap().secs(),
    });
    for (name, image) in [
        ("OldImage", change.old_image()),
        ("NewImage", change.new_image()),
    ] {
        if let Some(image) = image {
            dynamodb[name] = item(image);
        }
    }
    json!({
        "eventID": record.event_id(),
        "eventName": record.event_name().unwrap().as_str(),
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": dynamodb,
    })
}

fn item(item: &HashMap<String, AttributeValue>) -> Value {
    item.iter()
        .map(|(name, v)| (name.clone(), value(v)))
        .collect()
}

fn value(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(text) => json!({ "N": text }),
        AttributeValue::Bool(is_true) => json!({ "BOOL": is_true }),
        AttributeValue::Null(is_null) => json!({ "NULL": is_null }),
        AttributeValue::Ss(set) => json!({ "SS": set }),
        AttributeValue::M(map) => json!({ "M": item(map) }),
        AttributeValue::L(list) => json!({ "L": list.iter().map(self::value).collect::<Vec<_>>() }),
        other => panic!("no order has a {other:?}"),
    }
}

fn read<C: FromRecord>(records: &Records) -> Vec<C> {
    let read = records
        .iter()
        .map(|record| C::from_record(record).unwrap().unwrap());
    read.collect()
}

fn assert_alike<C: FromRecord + PartialEq + Debug>(sources: &[Records; 3]) {
    let [sdk, lambda, json] = sources.each_ref().map(read::<C>);
    assert_eq!(sdk.len(), 4);
    assert_eq!(sdk, lambda);
    assert_eq!(sdk, json);
}

#[tokio::test]
async fn all_sources_read_alike() -> Result<(), Error> {
    let stream = TableStream::of::<Orders>(StreamViewType::NewAndOldImages).await;
    let db = &stream.db;
    Orders::put(&order("usr_1", "o1")).execute(db).await?;
    let full = Orders {
        description: Some("escaped: \"\\\n\u{1F980}".to_owned()),
        address: Some(Address::default()),
        items: vec![LineItem::default()],
        tags: ["a", "b"].into(),
        ..order("usr_1", "o1")
    };
    Orders::put(&full).execute(db).await?;
    Orders::update(&full)
        .set(|o| o.status(), Status::Shipped)
        .execute(db)
        .await?;
    Orders::delete(&full).execute(db).await?;

    let records = stream.records().await;
    let json = lambda_json(&records);
    let event: aws_lambda_events::dynamodb::Event = serde_json::from_str(&json).unwrap();
    let sources = [
        Records::from(records),
        Records::from(event),
        Records::from_json(&json)?,
    ];
    assert_alike::<Change<Orders>>(&sources);
    assert_alike::<Latest<Orders>>(&sources);
    assert_alike::<KeyChange<Orders>>(&sources);
    let said = sources.map(|records| {
        let said = records.iter().map(|r| {
            (
                r.event(),
                r.created_at(),
                r.view_type(),
                r.sequence_number().map(str::to_owned),
            )
        });
        said.collect::<Vec<_>>()
    });
    assert!(said[0] == said[1] && said[0] == said[2]);
    Ok(())
}
