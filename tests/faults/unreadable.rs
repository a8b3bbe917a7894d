//! Answers with status 200 that are not what DynamoDB sends: with the wire codec and without, one result.

use crate::tables::{item, key};
use crate::{printed, variant};
use dkmio::{DynamoDb, Error, codec};
use dkmio_tests::canned::{Canned, bare, json};
use dkmio_tests::orders::Orders;

/// What a read brought, or the error's variant, predicates and text.
type Outcome = Result<Vec<Option<Orders>>, String>;

const OPERATIONS: [&str; 7] = [
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "BatchGetItem",
    "TransactGetItems",
    "TransactWriteItems",
];

async fn run(operation: &str, db: &DynamoDb) -> Result<Vec<Option<Orders>>, Error> {
    let gets = (Orders::get(key(1)), Orders::get(key(2)));
    let all = |items: Vec<Orders>| items.into_iter().map(Some).collect();
    Ok(match operation {
        "GetItem" => vec![Orders::get(key(1)).execute(db).await?],
        "PutItem" => vec![Orders::put(&item(1)).return_old().execute(db).await?],
        "Query" => all(Orders::query("usr_1").execute(db).await?.into_items()),
        "Scan" => all(Orders::scan().execute(db).await?.into_items()),
        "BatchGetItem" => Orders::batch_get([key(1), key(2)]).execute(db).await?,
        "TransactGetItems" => {
            let (one, two) = dkmio::transact_get(gets).execute(db).await?;
            vec![one, two]
        }
        _ => {
            let put = dkmio::transact_write().add(Orders::put(&item(1)));
            put.token("token").execute(db).await?;
            vec![]
        }
    })
}

/// The answer to an operation, with one item.
fn whole(operation: &str) -> String {
    let item = codec::to_json(&item(1)).unwrap();
    match operation {
        "GetItem" => format!(r#"{{"Item":{item}}}"#),
        "PutItem" => format!(r#"{{"Attributes":{item}}}"#),
        "Query" | "Scan" => format!(r#"{{"Items":[{item}],"Count":1,"ScannedCount":1}}"#),
        "BatchGetItem" => format!(r#"{{"Responses":{{"orders":[{item}]}}}}"#),
        "TransactGetItems" => format!(r#"{{"Responses":[{{"Item":{item}}},{{}}]}}"#),
        _ => "{}".to_owned(),
    }
}

/// What an operation makes of an answer, with the codec or without.
async fn outcome(operation: &str, content_type: Option<&str>, body: &str, codec: bool) -> Outcome {
    let (content_type, body) = (content_type.map(str::to_owned), body.to_owned());
    let canned = Canned::new(move |_, _| {
        let mut answer = bare(200, body.clone());
        if let Some(content_type) = &content_type {
            let headers = answer.headers_mut();
            headers.insert("content-type", content_type.clone());
        }
        answer
    });
    let result = run(operation, &canned.db(codec)).await;
    result.map_err(|e| {
        format!(
            "{} {} {} {} {:?} {}",
            variant(&e),
            e.is_retryable(),
            e.is_ambiguous(),
            canned.sent().len(),
            e.code(),
            printed(&e)
        )
    })
}

/// What an operation makes of an answer, either way.
async fn either_way(operation: &str, content_type: Option<&str>, body: &str) -> Outcome {
    let [with, without] = [
        outcome(operation, content_type, body, true).await,
        outcome(operation, content_type, body, false).await,
    ];
    assert_eq!(with, without, "{operation}, {content_type:?}, {body}");
    with
}

const JSON: Option<&str> = Some("application/x-amz-json-1.0");

#[tokio::test(start_paused = true)]
async fn corrupt_json_is_the_same_error() {
    for operation in OPERATIONS {
        let whole = whole(operation);
        let cut = &whole[..whole.len() - 1];
        for body in [
            "null",
            "[]",
            "\"\"",
            "{",
            "{\"",
            "<html>not what was asked for</html>",
            "\u{feff}{}",
            &format!("{whole}}}"),
            &format!("{whole} x"),
            cut,
            &format!("{cut},}}"),
            &format!("{cut},\"More\":}}"),
            &format!("{cut},\"More\":tru}}"),
            &whole.replace("\"N\":\"1\"", "\"N\":1"),
            &whole.replace("\"S\":\"usr_1\"", "\"S\":\"\\ud800\""),
            &whole.replace("\"S\":\"usr_1\"", "\"S\":\"\\x\""),
            &whole.replace("\"S\":\"usr_1\"", "\"S\":\"a\nb\""),
            &whole.replace("\"S\":\"usr_1\"", "\"S\":true"),
            &whole.replace("\"S\":\"usr_1\"", ""),
            &whole.replace('{', "[").replace('}', "]"),
        ] {
            let _ = either_way(operation, JSON, body).await;
        }
        // Of these there is no doubt.
        for body in ["{", cut, &format!("{whole} x"), "<html></html>"] {
            let error = either_way(operation, JSON, body).await.unwrap_err();
            let expected = match operation {
                "BatchGetItem" => "Unprocessed",
                _ => "Connection",
            };
            assert!(error.starts_with(expected), "{operation}, {body}: {error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_another_content_type_is_read_the_same() {
    for operation in OPERATIONS {
        let whole = whole(operation);
        let expected = either_way(operation, JSON, &whole).await.unwrap();
        if operation != "TransactWriteItems" {
            assert_eq!(expected[0], Some(item(1)), "{operation}");
        }
        for content_type in [
            None,
            Some("application/x-amz-json-1.0; charset=utf-8"),
            Some("application/x-amz-json-1.1"),
            Some("application/json"),
            Some("application/cbor"),
            Some("text/html"),
            Some(""),
        ] {
            let read = either_way(operation, content_type, &whole).await;
            assert_eq!(read.unwrap(), expected, "{operation}, {content_type:?}");
            let _ = either_way(operation, content_type, "<html></html>").await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_answer_brings_the_same() {
    for operation in OPERATIONS {
        for content_type in [None, JSON] {
            for body in ["", "{}", " {} ", "\n"] {
                let read = either_way(operation, content_type, body).await;
                if operation == "GetItem" && body != "\n" {
                    assert_eq!(read, Ok(vec![None]), "{body:?}");
                }
            }
        }
    }
}

/// Not UTF-8, in an attribute's value.
#[tokio::test(start_paused = true)]
async fn bytes_that_are_no_text_are_the_same_error() {
    let mut errors = Vec::new();
    for has_codec in [true, false] {
        let mut body = whole("Query").into_bytes();
        let at = body.windows(5).position(|part| part == b"usr_1").unwrap();
        body[at] = 0xff;
        let canned = Canned::new(move |_, _| json(200, body.clone()));
        let error = run("Query", &canned.db(has_codec)).await.unwrap_err();
        assert_eq!(variant(&error), "Connection");
        errors.push(printed(&error));
    }
    assert_eq!(errors[0], errors[1]);
}

#[tokio::test(start_paused = true)]
async fn a_table_that_has_null_for_its_items_is_the_same_error() {
    for body in [
        r#"{"Responses":{"orders":null}}"#,
        r#"{"Responses":{"orders":[],"things":null}}"#,
        r#"{"Responses":{"orders":[null]}}"#,
    ] {
        let outcome = either_way("BatchGetItem", JSON, body).await;
        assert!(outcome.is_err(), "{body}: {outcome:?}");
    }
    let none = either_way("BatchGetItem", JSON, r#"{"Responses":null}"#).await;
    assert_eq!(none, Ok(vec![None, None]));
}

#[tokio::test(start_paused = true)]
async fn a_type_that_nobody_knows_is_the_same_error() {
    for operation in OPERATIONS
        .into_iter()
        .filter(|name| *name != "TransactWriteItems")
    {
        let body = |name: &str| {
            let with = format!(r#"{{"{name}":{{"X":[{{"b":null}}]}},"user_id""#);
            let body = whole(operation).replacen(r#"{"user_id""#, &with, 1);
            assert_ne!(body, whole(operation));
            body
        };
        let error = either_way(operation, JSON, &body("region")).await;
        assert!(error.is_err(), "{operation}: {error:?}");
        // Nobody asks for it.
        let good = either_way(operation, JSON, &body("unheard_of")).await;
        assert!(good.is_ok(), "{operation}: {good:?}");
    }
}
