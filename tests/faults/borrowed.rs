//! Answers that are not as DynamoDB writes them, to reads whose rows borrow from the page.

use aws_sdk_dynamodb::Client;
use dkmio::{BorrowedPage, DynamoDb, Error, Projection};
use dkmio_tests::canned::{Canned, bare, json};
use dkmio_tests::orders::Orders;
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Debug, PartialEq, Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    user_id: &'a str,
    order_id: &'a str,
    #[serde(borrow, default)]
    description: Cow<'a, str>,
    total: u64,
}

/// Returns a connection whose every request is answered with these bytes.
fn answering(body: impl Into<Vec<u8>>) -> DynamoDb {
    let body = body.into();
    let canned = Canned::new(move |_, _| json(200, body.clone()));
    DynamoDb::from_client(Client::from_conf(canned.config().build()))
}

async fn read(body: &str) -> Result<BorrowedPage<Row<'static>>, Error> {
    let db = answering(body);
    Orders::query("u").select_borrowed().execute(&db).await
}

fn item(order: u32, description: &str) -> String {
    format!(
        r#"{{"user_id":{{"S":"u"}},"order_id":{{"S":"{order}"}},"description":{{"S":"{description}"}},"total":{{"N":"{order}"}}}}"#
    )
}

fn totals(page: &BorrowedPage<Row<'_>>) -> Vec<Result<u64, String>> {
    page.rows()
        .map(|row| row.map(|row| row.total).map_err(|e| e.to_string()))
        .collect()
}

const KEY: &str = r#""LastEvaluatedKey":{"user_id":{"S":"u"},"order_id":{"S":"2"}}"#;

#[tokio::test]
async fn members_come_in_any_order_and_with_white_space() {
    let items = format!("[{},{}]", item(1, ""), item(2, ""));
    let spaced = items.replace(",", " ,\n ").replace(":", " : ");
    for body in [
        format!(r#"{{"Count":2,"Items":{items},{KEY},"ScannedCount":3}}"#),
        format!(r#"{{"Items":{items},"Count":2,{KEY},"ScannedCount":3}}"#),
        format!(r#"{{{KEY},"ScannedCount":3,"Count":2,"Items":{items}}}"#),
        format!(
            r#"{{"Count":2,"Items":{items},"ConsumedCapacity":{{"TableName":"orders","CapacityUnits":0.5}},{KEY},"ScannedCount":3}}"#
        ),
        format!(r#"{{"Count":2,"Items":{items},"New":[[1],"],"],{KEY},"ScannedCount":3}}"#),
        format!("{{ \"Count\" : 2 , \"Items\" : {spaced} ,\n {KEY} , \"ScannedCount\" : 3 }}\n"),
    ] {
        let page = read(&body).await.unwrap();
        assert_eq!(totals(&page), [Ok(1), Ok(2)], "{body}");
        assert_eq!((page.len(), page.count(), page.scanned_count()), (2, 2, 3));
        assert!(page.next().is_some(), "{body}");
    }
}

#[tokio::test]
async fn data_that_looks_like_an_answer_s_end_is_data() {
    let texts = [
        "],",
        r#"],\"ScannedCount\":9}"#,
        r#"],\"Items\":["#,
        r#"\\],"#,
        "]}",
        r#"\u005d,\u0022x"#,
    ];
    let items: Vec<String> = (0..).zip(texts).map(|(n, text)| item(n, text)).collect();
    let body = format!(
        r#"{{"Count":{},"Items":[{}],{KEY},"ScannedCount":6}}"#,
        items.len(),
        items.join(",")
    );
    let page = read(&body).await.unwrap();
    let rows: Vec<Row<'_>> = page.rows().collect::<Result<_, _>>().unwrap();
    for (row, text) in rows.iter().zip(texts) {
        let text: String = serde_json::from_str(&format!("\"{text}\"")).unwrap();
        assert_eq!(row.description, text);
    }
    assert_eq!((rows.len(), page.scanned_count()), (6, 6));
    assert!(matches!(rows[0].description, Cow::Borrowed(_)));
    assert!(matches!(rows[1].description, Cow::Owned(_)));
}

#[tokio::test]
async fn a_row_of_another_type_says_where_and_the_others_are_read() {
    let wrong = item(2, "").replace(r#"{"N":"2"}"#, r#"{"S":"secret"}"#);
    let body = format!(
        r#"{{"Count":3,"Items":[{},{wrong},{}],"ScannedCount":3}}"#,
        item(1, ""),
        item(3, "")
    );
    let page = read(&body).await.unwrap();
    let rows: Vec<Result<Row<'_>, Error>> = page.rows().collect();
    assert_eq!(rows.len(), 3);
    let Err(Error::Decode(e)) = &rows[1] else {
        panic!("it reads: {rows:?}");
    };
    assert_eq!((e.table(), e.path()), (Some("orders"), "total"));
    let key = e.key().unwrap();
    assert_eq!(key["order_id"].as_s().map(String::as_str), Ok("2"));
    assert_eq!(key.len(), 2);
    assert!(!e.to_string().contains("secret"));
    assert!(rows[0].is_ok() && rows[2].is_ok());
    // Owned rows fail in the same words, all of them at once.
    let owned = Orders::query("u")
        .select(|o| o.total())
        .execute(&answering(body));
    assert_eq!(owned.await.unwrap_err().to_string(), e.to_string());
}

#[tokio::test]
async fn a_corrupt_row_ends_the_rows() {
    let cases = [
        item(2, "").replace(r#"{"N":"2"}"#, r#"{"N":2}"#),
        item(2, "").replace(r#"{"N":"2"}"#, r#"{"N":"2""#),
        item(2, r"\x"),
        item(2, "\u{1}"),
        "7".to_owned(),
    ];
    for corrupt in cases {
        let body = format!(
            r#"{{"Count":3,"Items":[{},{corrupt},{}],"ScannedCount":3}}"#,
            item(1, ""),
            item(3, "")
        );
        // What is no JSON at all may be found before any row is read.
        let Ok(page) = read(&body).await else {
            continue;
        };
        let mut rows = page.rows();
        assert!(matches!(rows.next(), Some(Ok(_))), "{body}");
        let Some(Err(Error::Decode(e))) = rows.next() else {
            panic!("it reads: {body}");
        };
        assert_eq!(e.table(), Some("orders"));
        assert!(rows.next().is_none(), "{body}");
        assert!(rows.next().is_none(), "{body}");
    }
}

#[tokio::test]
async fn another_count_than_there_are_items_is_an_error_behind_the_rows() {
    for count in [1, 3] {
        let body = format!(
            r#"{{"Count":{count},"Items":[{},{}],"ScannedCount":2}}"#,
            item(1, ""),
            item(2, "")
        );
        // The SDK's own reading does not look at it.
        let canned = Canned::new(move |_, _| json(200, body.clone()));
        let query = Orders::query("u").select_borrowed::<Row<'_>>();
        let page = query.execute(&canned.db(true)).await.unwrap();
        let read = totals(&page);
        let (last, rows) = read.split_last().unwrap();
        assert_eq!(rows.len(), count.min(2));
        assert!(rows.iter().all(Result::is_ok));
        let message = last.as_ref().unwrap_err();
        assert!(message.contains("`Count`"), "{message}");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_the_sdk_s_error() {
    let whole = format!(
        r#"{{"Count":1,"Items":[{}],"ScannedCount":1}}"#,
        item(1, "")
    );
    for body in ["x", &whole[..whole.len() - 1], &whole[..whole.len() / 2]] {
        let error = read(body).await.unwrap_err();
        let owned = Orders::query("u").execute(&answering(body)).await;
        assert_eq!(error.kind(), owned.unwrap_err().kind(), "{body}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_an_error() {
    let body = format!(
        r#"{{"Count":1,"Items":[{}],"ScannedCount":1}}"#,
        item(1, "?")
    );
    let body: Vec<u8> = body
        .bytes()
        .map(|b| if b == b'?' { 0xff } else { b })
        .collect();
    let query = Orders::query("u").select_borrowed::<Row<'_>>();
    // Whether the SDK reads it or the row does.
    if let Ok(page) = query.execute(&answering(body)).await {
        let rows: Vec<Result<Row<'_>, Error>> = page.rows().collect();
        assert!(matches!(rows[..], [Err(Error::Decode(_))]));
    }
}

#[tokio::test]
async fn answers_of_another_content_type_are_read_by_the_sdk() {
    let body = format!(
        r#"{{"Count":2,"Items":[{},{}],{KEY},"ScannedCount":2}}"#,
        item(1, r"a\nb"),
        item(2, "")
    );
    let canned = Canned::new(move |_, _| bare(200, body.clone()));
    let db = canned.db(true);
    let page = Orders::scan()
        .select_borrowed::<Row<'_>>()
        .execute(&db)
        .await
        .unwrap();
    assert_eq!(totals(&page), [Ok(1), Ok(2)]);
    assert_eq!(page.rows().next().unwrap().unwrap().description, "a\nb");
    assert_eq!(page.len(), 2);
    assert!(page.next().is_some());
}

#[tokio::test]
async fn a_page_of_more_than_the_limit_is_cut_all_the_same() {
    let body = format!(
        r#"{{"Count":3,"Items":[{},{},{}],"ScannedCount":3}}"#,
        item(1, ""),
        item(2, ""),
        item(3, "")
    );
    let query = Orders::query("u").limit(2).select_borrowed::<Row<'_>>();
    let page = query.execute(&answering(body)).await.unwrap();
    assert_eq!(totals(&page), [Ok(1), Ok(2)]);
    assert!(page.next().is_some());
}

#[tokio::test]
async fn debug_shows_no_rows() {
    let body = format!(
        r#"{{"Count":1,"Items":[{}],"ScannedCount":1}}"#,
        item(1, "secret")
    );
    let page = read(&body).await.unwrap();
    let (shown, rows) = (format!("{page:?}"), format!("{:?}", page.rows()));
    assert!(
        !shown.contains("secret") && !rows.contains("secret"),
        "{shown} {rows}"
    );
}

/// The totals of an answer's rows, or the path of what does not read, with the wire codec and without.
async fn either_way(body: &str) -> Vec<Result<u64, String>> {
    #[derive(Debug, Deserialize, Projection)]
    #[projection(of = Orders)]
    struct Place<'a> {
        total: u64,
        #[serde(borrow)]
        region: Option<Cow<'a, str>>,
    }
    let [with, without] = [true, false].map(async |codec| {
        let body = body.to_owned();
        let canned = Canned::new(move |_, _| json(200, body.clone()));
        let query = Orders::query("u").select_borrowed::<Place<'_>>();
        let page = query.execute(&canned.db(codec)).await.unwrap();
        let rows = page.rows().map(|row| match row {
            Ok(row) => Ok(row.total + row.region.map_or(0, |region| region.len() as u64)),
            Err(Error::Decode(e)) => Err(e.path().to_owned()),
            Err(e) => panic!("{e:?}"),
        });
        rows.collect::<Vec<_>>()
    });
    let (with, without) = (with.await, without.await);
    assert_eq!(with, without, "{body}");
    with
}

#[tokio::test]
async fn rows_are_the_same_with_the_wire_codec_and_without() {
    let placed = |value: &str| item(1, "").replacen('{', &format!(r#"{{"region":{value},"#), 1);
    for (value, expected) in [
        (r#"{"S":"abc"}"#, Ok(4)),
        (r#"{"NULL":true}"#, Ok(1)),
        (r#"{"NULL":false}"#, Ok(1)),
        (r#"{"X":[{"b":null}]}"#, Err("region".to_owned())),
        (r#"{"N":"1"}"#, Err("region".to_owned())),
    ] {
        let items = format!("[{},{}]", placed(value), item(2, ""));
        for body in [
            format!(r#"{{"Count":2,"Items":{items},"ScannedCount":2}}"#),
            format!(r#"{{"Count":2,"Items":{items} ,"New":[1],"ScannedCount":2}}"#),
            format!("{{\"Items\" : {items}\n,\n\"New\": [1] , \"Count\":2}}"),
        ] {
            assert_eq!(either_way(&body).await, [expected.clone(), Ok(2)], "{body}");
        }
    }
}
