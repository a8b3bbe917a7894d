//! Searches of a vector index: what is sent, and what is made of recorded answers.

use crate::check;
use dkmio::{DynamoTable, Error, Vector};
use dkmio_tests::canned::{Canned, json};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
#[vector_index(
    by_meaning, name = "docs-by-meaning", on = embedding, dimensions = 3, distance = cosine,
    pk = tenant, filter(lang, year), project(title)
)]
#[vector_index(by_product, on = embedding, dimensions = 3, distance = dot_product)]
pub(crate) struct Docs {
    #[pk]
    id: String,
    tenant: String,
    lang: String,
    year: u16,
    title: String,
    embedding: Option<Vector<3>>,
}

fn vector() -> Vector<3> {
    Vector::from([0.5, -1.0, 0.25])
}

#[test]
fn search() {
    let search = || Docs::by_meaning().search(&vector()).within("acme");
    check(
        "search",
        vec![
            ("a partition", search().explain()),
            (
                "without a partition",
                Docs::by_product().search(&vector()).explain(),
            ),
            ("top", search().top(50).explain()),
            ("a filter", search().filter(|d| d.lang().eq("en")).explain()),
            (
                "filters",
                search()
                    .filter(|d| d.lang().eq("en"))
                    .filter(|d| d.year().eq(2026))
                    .explain(),
            ),
            (
                "a selection",
                search().select(|d| (d.id(), d.title())).explain(),
            ),
            ("the items raw", search().raw().explain()),
        ],
    );
}

#[test]
fn a_table_is_created_with_its_vector_indexes() {
    use dkmio::aws_sdk_dynamodb::types::{SearchSchemaElementType, VectorDistanceFunction};
    let canned = Canned::new(|_, _| json(200, "{}"));
    let input = canned.db(true).create_table::<Docs>().to_input().unwrap();
    let [by_meaning, by_product] = input.vector_indexes() else {
        panic!("{:?}", input.vector_indexes());
    };
    let roles: Vec<_> = by_meaning
        .search_schema()
        .iter()
        .map(|element| {
            (
                element.attribute_name(),
                element.search_schema_element_type().clone(),
            )
        })
        .collect();
    let expected = [
        ("tenant", SearchSchemaElementType::Hash),
        ("lang", SearchSchemaElementType::InlineFilter),
        ("year", SearchSchemaElementType::InlineFilter),
    ];
    assert_eq!(roles, expected);
    assert_eq!(by_meaning.dimensions(), 3);
    assert!(by_product.search_schema.is_none());
    assert_eq!(
        by_product.distance_function(),
        &VectorDistanceFunction::DotProduct
    );
    let mut defined: Vec<_> = input
        .attribute_definitions()
        .iter()
        .map(|d| d.attribute_name())
        .collect();
    defined.sort_unstable();
    assert_eq!(defined, ["id", "lang", "tenant", "year"]);
}

#[tokio::test]
async fn the_vector_is_sent_with_the_codec_and_without() {
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, r#"{"SearchResults":[]}"#));
        let db = canned.db(has_codec);
        let search = Docs::by_meaning().search(&vector()).within("acme").top(7);
        let found = search.execute(&db).await.unwrap();
        assert!(found.is_empty());
        let expected = serde_json::json!({
            "TableName": "docs",
            "IndexName": "docs-by-meaning",
            "SearchConditionExpression": "#tenant = :v0",
            "ExpressionAttributeNames": {"#tenant": "tenant"},
            "ExpressionAttributeValues": {":v0": {"S": "acme"}},
            "SearchVector": [{"N": "0.5"}, {"N": "-1"}, {"N": "0.25"}],
            "TopK": 7,
        });
        assert_eq!(canned.sent()[0].json(), expected, "{has_codec}");
        assert_eq!(canned.sent()[0].operation(), "SearchVectors");
    }
}

/// As DynamoDB answers; the second result has its members the other way round.
const FOUND: &str = r#"{"SearchResults":[
    {"Item":{"id":{"S":"a"},"tenant":{"S":"acme"},"lang":{"S":"en"},"year":{"N":"2026"},"title":{"S":"A"}},"Score":0.125},
    {"Score":1,"Item":{"id":{"S":"b"},"tenant":{"S":"acme"},"lang":{"S":"en"},"year":{"N":"2026"},"title":{"S":"B"}}}
],"ConsumedCapacity":{"VectorSearchRequestBytes":2048.0}}"#;

#[tokio::test]
async fn scores_belong_to_their_items_in_whichever_order_they_come() {
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, FOUND));
        let meter = dkmio::CapacityMeter::new();
        let db = canned.db(has_codec).metered(&meter);
        let search = Docs::by_meaning().search(&vector()).within("acme");
        let found = search.execute(&db).await.unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|hit| (hit.item.title.as_str(), hit.score.value()))
            .collect();
        assert_eq!(found, [("A", 0.125), ("B", 1.0)], "{has_codec}");
        assert_eq!(meter.consumed().vector_bytes().searched, 2048.0);
        let asked = canned.sent()[0].json();
        assert_eq!(asked["ReturnConsumedCapacity"], "INDEXES");
    }
}

#[tokio::test]
async fn a_result_without_its_item_is_no_item() {
    for has_codec in [true, false] {
        let canned = Canned::new(|_, _| json(200, r#"{"SearchResults":[{"Score":0.5}]}"#));
        let db = canned.db(has_codec);
        let search = Docs::by_product().search(&vector());
        let found = search.execute(&db).await;
        assert!(
            matches!(found, Err(Error::Decode(_))),
            "{has_codec}: {found:?}"
        );
    }
}

/// What DynamoDB answers while a new index is filled, which the embedded engine never does.
#[tokio::test]
async fn an_index_that_is_being_filled_refuses_searches() {
    let body = r#"{"__type":"com.amazon.coral.validate#ValidationException",
        "message":"Cannot search backfilling vector index: by-product"}"#;
    let canned = Canned::new(move |_, _| json(400, body));
    let search = Docs::by_product().search(&vector());
    let failed = search.execute(&canned.db(true)).await.unwrap_err();
    assert!(matches!(failed, Error::Validation(_)));
    assert_eq!(failed.code(), Some("ValidationException"));
    assert!(!failed.is_ambiguous());
    assert_eq!(canned.sent().len(), 1);
}

#[tokio::test]
async fn a_search_is_sent_again_where_dynamodb_throttles() {
    let throttled = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slow down"}"#;
    let canned = Canned::new(move |number, _| match number {
        0 => json(400, throttled),
        _ => json(200, FOUND),
    });
    let search = Docs::by_meaning().search(&vector()).within("acme");
    assert_eq!(search.execute(&canned.db(true)).await.unwrap().len(), 2);
    let bodies: Vec<_> = canned.sent().iter().map(|sent| sent.json()).collect();
    assert_eq!(bodies[0], bodies[1]);
}
