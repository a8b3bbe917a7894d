//! A client under `aws-smithy-mocks`: answers that never were bytes, and answers that are.

use crate::tables::{id, item, key};
use aws_smithy_mocks::{MockResponseInterceptor, Rule, RuleMode, create_mock_http_client, mock};
use dkmio::aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use dkmio::aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use dkmio::aws_sdk_dynamodb::operation::delete_item::DeleteItemOutput;
use dkmio::aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use dkmio::aws_sdk_dynamodb::operation::put_item::PutItemOutput;
use dkmio::aws_sdk_dynamodb::operation::query::QueryOutput;
use dkmio::aws_sdk_dynamodb::operation::scan::ScanOutput;
use dkmio::aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsOutput;
use dkmio::aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use dkmio::aws_sdk_dynamodb::types::ItemResponse;
use dkmio::aws_sdk_dynamodb::{Client, Config};
use dkmio::{DynamoDb, Error, Item, codec};
use dkmio_tests::canned::{Canned, Sent, bare, json};
use dkmio_tests::orders::{Orders, Status};

/// A connection whose requests meet these rules, with the wire codec or without.
pub(crate) fn mocked(rules: &[Rule], has_codec: bool) -> DynamoDb {
    let interceptor = MockResponseInterceptor::new().rule_mode(RuleMode::MatchAny);
    let interceptor = rules.iter().fold(interceptor, |i, rule| i.with_rule(rule));
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::new("mock", "mock", None, None, "mock"))
        .http_client(create_mock_http_client())
        .interceptor(interceptor);
    let client = Client::from_conf(config.build());
    DynamoDb::builder()
        .client(client)
        .wire_codec(has_codec)
        .build()
}

/// The item of the order at a place, as the SDK has it.
pub(crate) fn values(at: usize) -> Item {
    codec::to_item(&item(at)).unwrap()
}

/// The same as DynamoDB sends it.
fn bytes(at: usize) -> String {
    codec::to_json(&item(at)).unwrap()
}

/// One rule for each operation that brings items, with the SDK's outputs.
fn outputs() -> Vec<Rule> {
    vec![
        mock!(Client::get_item)
            .match_requests(|input| {
                input
                    .key()
                    .is_some_and(|key| key["order_id"].as_s() == Ok(&id(1)))
            })
            .then_output(|| GetItemOutput::builder().set_item(Some(values(1))).build()),
        mock!(Client::get_item).then_output(|| GetItemOutput::builder().build()),
        mock!(Client::put_item).then_output(|| {
            let output = PutItemOutput::builder();
            output.set_attributes(Some(values(2))).build()
        }),
        mock!(Client::update_item).then_output(|| {
            let output = UpdateItemOutput::builder();
            output.set_attributes(Some(values(3))).build()
        }),
        mock!(Client::delete_item).then_output(|| {
            let output = DeleteItemOutput::builder();
            output.set_attributes(Some(values(4))).build()
        }),
        mock!(Client::query).then_output(|| {
            let output = QueryOutput::builder().items(values(5)).items(values(6));
            let output = output.count(2).scanned_count(7);
            let last = values(6).into_iter();
            let last = last.filter(|(name, _)| ["user_id", "order_id"].contains(&name.as_str()));
            output.set_last_evaluated_key(Some(last.collect())).build()
        }),
        mock!(Client::scan).then_output(|| {
            let output = ScanOutput::builder().items(values(7));
            output.count(1).scanned_count(1).build()
        }),
        mock!(Client::batch_get_item).then_output(|| {
            let output = BatchGetItemOutput::builder();
            output
                .responses("orders", vec![values(9), values(8)])
                .build()
        }),
        mock!(Client::transact_get_items).then_output(|| {
            let found = ItemResponse::builder().set_item(Some(values(1))).build();
            let output = TransactGetItemsOutput::builder().responses(found);
            output.responses(ItemResponse::builder().build()).build()
        }),
    ]
}

/// The same answers as bytes.
fn answer(sent: &Sent) -> String {
    let [user, order] = ["usr_1", &id(6)].map(|text| format!(r#"{{"S":"{text}"}}"#));
    match sent.operation() {
        "GetItem" if sent.json()["Key"]["order_id"]["S"] == id(1) => {
            format!(r#"{{"Item":{}}}"#, bytes(1))
        }
        "GetItem" => "{}".to_owned(),
        "PutItem" => format!(r#"{{"Attributes":{}}}"#, bytes(2)),
        "UpdateItem" => format!(r#"{{"Attributes":{}}}"#, bytes(3)),
        "DeleteItem" => format!(r#"{{"Attributes":{}}}"#, bytes(4)),
        "Query" => format!(
            r#"{{"Items":[{},{}],"Count":2,"ScannedCount":7,"LastEvaluatedKey":{{"user_id":{user},"order_id":{order}}}}}"#,
            bytes(5),
            bytes(6)
        ),
        "Scan" => format!(r#"{{"Items":[{}],"Count":1,"ScannedCount":1}}"#, bytes(7)),
        "BatchGetItem" => format!(
            r#"{{"Responses":{{"orders":[{},{}]}}}}"#,
            bytes(9),
            bytes(8)
        ),
        "TransactGetItems" => format!(r#"{{"Responses":[{{"Item":{}}},{{}}]}}"#, bytes(1)),
        other => panic!("{other} is not answered"),
    }
}

/// What every operation brings.
#[derive(Debug, PartialEq)]
struct Brought {
    one_by_one: Vec<Option<Orders>>,
    page: Vec<Orders>,
    counts: (usize, usize),
    next: Option<String>,
    scanned: Vec<Orders>,
    batch: Vec<Option<Orders>>,
    transaction: (Option<Orders>, Option<Orders>),
}

async fn everything(db: &DynamoDb) -> Result<Brought, Error> {
    let update = Orders::update(key(3)).set(|o| o.status(), Status::Shipped);
    let page = Orders::query("usr_1").limit(2).execute(db).await?;
    Ok(Brought {
        one_by_one: vec![
            Orders::get(key(1)).execute(db).await?,
            Orders::get(key(99)).execute(db).await?,
            Orders::put(&item(2)).return_old().execute(db).await?,
            Some(update.return_new().execute(db).await?),
            Orders::delete(key(4)).return_old().execute(db).await?,
        ],
        counts: (page.count(), page.scanned_count()),
        next: page.next().map(ToString::to_string),
        page: page.into_items(),
        scanned: Orders::scan().fetch_all(db).await?,
        batch: Orders::batch_get([key(8), key(9)]).execute(db).await?,
        transaction: dkmio::transact_get((Orders::get(key(1)), Orders::get(key(2))))
            .execute(db)
            .await?,
    })
}

fn assert_brought(brought: &Brought, name: &str) {
    let one_by_one: Vec<_> = [1, 99, 2, 3, 4]
        .map(|at| (at != 99).then(|| item(at)))
        .into();
    assert_eq!(brought.one_by_one, one_by_one, "{name}");
    assert_eq!(brought.page, [item(5), item(6)], "{name}");
    assert_eq!(brought.counts, (2, 7), "{name}");
    assert!(brought.next.is_some(), "{name}");
    assert_eq!(brought.scanned, [item(7)], "{name}");
    assert_eq!(brought.batch, [Some(item(8)), Some(item(9))], "{name}");
    assert_eq!(brought.transaction, (Some(item(1)), None), "{name}");
}

/// The rows are those of HTTP, though there are no bytes to read them from.
#[tokio::test]
async fn outputs_of_the_sdk_bring_the_rows_of_http() {
    let http = Canned::new(|_, sent| json(200, answer(sent)));
    let over_http = everything(&http.db(true)).await.unwrap();
    assert_brought(&over_http, "HTTP");
    for has_codec in [true, false] {
        let rules = outputs();
        let brought = everything(&mocked(&rules, has_codec)).await.unwrap();
        assert_eq!(brought, over_http, "codec {has_codec}");
        assert!(rules.iter().all(|rule| rule.num_calls() == 1));
    }
}

/// A rule's answer over HTTP is read as any other.
#[tokio::test]
async fn http_responses_of_a_rule_bring_the_same_rows() {
    macro_rules! rules {
        ($answer:ident: $($operation:ident $body:expr;)*) => {
            vec![$(mock!(Client::$operation).then_http_response(move || $answer(200, $body))),*]
        };
    }
    for has_codec in [true, false] {
        for rules in [
            rules!(json: get_item format!(r#"{{"Item":{}}}"#, bytes(1));
                query format!(r#"{{"Items":[{}],"Count":1}}"#, bytes(5));),
            // `http_status` of a sequence has no headers either: the SDK reads the items.
            rules!(bare: get_item format!(r#"{{"Item":{}}}"#, bytes(1));
                query format!(r#"{{"Items":[{}],"Count":1}}"#, bytes(5));),
        ] {
            let db = mocked(&rules, has_codec);
            let got = Orders::get(key(1)).execute(&db).await.unwrap();
            assert_eq!(got, Some(item(1)));
            let page = Orders::query("usr_1").execute(&db).await.unwrap();
            assert_eq!(page.items(), [item(5)]);
        }
    }
}

/// First an error, then an answer: the SDK's retries go on under mocks.
#[tokio::test(start_paused = true)]
async fn a_sequence_of_answers_is_gone_through() {
    for has_codec in [true, false] {
        let rule = mock!(Client::put_item)
            .sequence()
            .http_status(500, None)
            .times(2)
            .output(|| {
                let output = PutItemOutput::builder();
                output.set_attributes(Some(values(2))).build()
            })
            .build();
        let db = mocked(std::slice::from_ref(&rule), has_codec);
        let old = Orders::put(&item(1)).return_old().execute(&db).await;
        assert_eq!(old.unwrap(), Some(item(2)));
        assert_eq!(rule.num_calls(), 3);
    }
}

/// Rules that look for an item in the input need the codec switched off; those that look for the rest do not.
#[tokio::test]
async fn a_rule_sees_the_input_without_its_item() {
    for has_codec in [true, false] {
        let with_item = mock!(Client::put_item)
            .match_requests(|input| input.item().is_some_and(|item| item.contains_key("total")))
            .then_output(|| PutItemOutput::builder().build());
        let without = mock!(Client::put_item)
            .match_requests(|input| input.table_name() == Some("orders"))
            .then_output(|| PutItemOutput::builder().build());
        let rules = [with_item, without];
        let db = mocked(&rules, has_codec);
        Orders::put(&item(1)).execute(&db).await.unwrap();
        assert_eq!(rules[0].num_calls(), usize::from(!has_codec));
        assert_eq!(rules[1].num_calls(), usize::from(has_codec));
    }
}
