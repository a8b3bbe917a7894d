//! The list of an answer is found where it is, and unread items are decoded.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use super::*;
use crate::codec::wire::list_in_answer::{ListInAnswer, SEARCHED};
use crate::codec::wire::read_item::read_item;
use std::borrow::Cow;

#[derive(Debug, PartialEq, Deserialize)]
struct Row<'a> {
    id: &'a str,
    #[serde(borrow, default)]
    text: Cow<'a, str>,
}

fn rows(body: &str, found: &ListInAnswer) -> Result<Vec<(String, String)>, String> {
    let items = UnreadItems::new(SdkBody::from(body), found.range, found.count);
    let mut reader = items.read().map_err(|fault| fault.to_string())?;
    let mut rows = Vec::new();
    while let Some(row) = reader.next::<Row<'_>>() {
        match row {
            Ok(row) => rows.push((row.id.to_owned(), row.text.into_owned())),
            Err(UnreadError::Value(e, _) | UnreadError::Bytes(e)) => return Err(e.to_string()),
        }
    }
    Ok(rows)
}

fn find_fast(body: &str) -> Option<ListInAnswer> {
    ListInAnswer::find_fast(body.as_bytes(), "Items")
}

fn find(body: &str) -> Option<ListInAnswer> {
    ListInAnswer::find(body.as_bytes(), "Items").unwrap()
}

/// Items whose strings, names, sets and lists look as much like the end of the list as they can, in a list of this
/// length.
fn misleading(count: usize) -> String {
    let texts = [
        r#"],"#,
        r#"],\"ScannedCount\":1}"#,
        r#"\\],"#,
        r#"]}],\\"#,
        "],\u{e9}",
        "plain",
    ];
    let items: Vec<String> = (0..count)
        .map(|n| {
            format!(
                r#"{{"],":{{"S":"],"}},"id":{{"S":"{n}"}},"set":{{"SS":["],","],","x]"]}},"list":{{"L":[{{"L":[]}},{{"S":"]"}}]}},"text":{{"S":"{}"}}}}"#,
                texts[n % texts.len()]
            )
        })
        .collect();
    format!("[{}]", items.join(","))
}

#[test]
fn the_end_is_found_where_a_walk_finds_it_in_every_order_of_members() {
    let key = r#""LastEvaluatedKey":{"id":{"S":"],\"Items\":["},"b":{"B":"AAAA"}}"#;
    for count in [0, 1, 2, 7, 40] {
        let items = format!(r#""Items":{}"#, misleading(count));
        let said = format!(r#""Count":{count}"#);
        for members in [
            [said.as_str(), items.as_str(), key, r#""ScannedCount":50"#],
            [items.as_str(), &said, key, r#""ScannedCount":50"#],
            [key, &said, r#""ScannedCount":50"#, items.as_str()],
            // A member that is a list, and that nobody knows yet.
            [&said, items.as_str(), r#""New":[{"a":["b"]}]"#, key],
        ] {
            let body = format!("{{{}}}", members.join(","));
            let found = find_fast(&body).unwrap_or_else(|| panic!("not found: {body}"));
            let walked = find(&body).unwrap();
            assert_eq!((found.range, found.count), (walked.range, walked.count));
            assert_eq!(found.rest, walked.rest);
            assert_eq!(rows(&body, &found).unwrap().len(), count);
            let without: Vec<&str> = members.into_iter().filter(|m| *m != items).collect();
            let without = format!("{{{}}}", without.join(","));
            assert_eq!(String::from_utf8(found.rest).unwrap(), without);
        }
    }
}

#[test]
fn an_end_is_found_at_any_distance() {
    for length in 0..300 {
        let text = "x".repeat(length);
        let body = format!(r#"{{"Count":1,"Items":[{{"id":{{"S":"{text}"}}}}],"ScannedCount":1}}"#);
        let found = find_fast(&body).unwrap();
        assert_eq!(rows(&body, &found), Ok(vec![(text, String::new())]));
    }
}

#[test]
fn what_is_not_as_dynamodb_writes_it_is_walked_through() {
    for body in [
        // White space.
        r#"{"Count":1, "Items": [ {"id":{"S":"a"}} ] , "ScannedCount":1}"#,
        r#"{"Count": 1,"Items":[{"id":{"S":"a"}}],"ScannedCount":1}"#,
        "{\"Count\":1,\"Items\":[{\"id\":{\"S\":\"a\"}}]}\n",
        "{\n  \"Items\": [\n    {\"id\": {\"S\": \"a\"}}\n  ],\n  \"Count\": 1\n}",
        // No count.
        r#"{"Items":[{"id":{"S":"a"}}],"ScannedCount":1}"#,
        r#"{"Count":0,"Items":[{"id":{"S":"a"}}]}"#,
    ] {
        assert!(find_fast(body).is_none(), "{body}");
        let found = find(body).unwrap();
        let expected = vec![("a".to_owned(), String::new())];
        assert_eq!(rows(body, &found), Ok(expected), "{body}");
        assert!(!String::from_utf8(found.rest).unwrap().contains("Items"));
    }
}

#[test]
fn items_behind_long_members_are_walked_to() {
    let key = "k".repeat(2 * SEARCHED);
    let body = format!(r#"{{"Key":"{key}","Items":[{{"id":{{"S":"a"}}}}],"Count":1}}"#);
    assert!(find_fast(&body).is_none());
    assert_eq!(
        rows(&body, &find(&body).unwrap()),
        Ok(vec![("a".to_owned(), String::new())])
    );
}

#[test]
fn a_head_may_end_within_a_character() {
    for shift in 0..3 {
        let text = format!("{}{}", "x".repeat(shift), "é€".repeat(SEARCHED));
        let body = format!(r#"{{"Count":1,"Items":[{{"id":{{"S":"{text}"}}}}],"ScannedCount":1}}"#);
        let found = find_fast(&body).unwrap();
        assert_eq!(rows(&body, &found), Ok(vec![(text, String::new())]));
    }
}

#[test]
fn an_answer_without_its_items_in_a_list_is_not_held() {
    for body in [
        "{}",
        r#"{"Count":0}"#,
        r#"{"Items":null,"Count":0}"#,
        r#"{"Items":{},"Count":0}"#,
    ] {
        assert!(find_fast(body).is_none(), "{body}");
        assert!(find(body).is_none(), "{body}");
    }
    for body in [
        "",
        "[]",
        r#"{"Count":1,"Items":[{"id":{"S":"a"}}"#,
        r#"{"Count":1,"Items":[{"id":{"S":"a"}}],"ScannedCount":1"#,
        r#"{"Count":1,"Items":[{"id":{"S":"a"}}],"Items":[]}"#,
        r#"{"Count":1,"Items":[{"id":{"S":"a"}}]} x"#,
    ] {
        assert!(find_fast(body).is_none(), "{body}");
        assert!(
            ListInAnswer::find(body.as_bytes(), "Items").is_err(),
            "{body}"
        );
    }
}

#[test]
fn rows_say_when_the_list_is_not_what_it_was_taken_for() {
    for (body, message) in [
        (
            r#"{"Count":2,"Items":[{"id":{"S":"a"}}],"ScannedCount":1}"#,
            "other items than its `Count` says",
        ),
        (
            r#"{"Count":1,"Items":[{"id":{"S":"a"}},{"id":{"S":"b"}}],"ScannedCount":1}"#,
            "other items than its `Count` says",
        ),
        (
            r#"{"Count":2,"Items":[{"id":{"S":"a"}},{"id":{"S":7}}],"ScannedCount":1}"#,
            "not DynamoDB JSON: expected a string",
        ),
    ] {
        let found = find_fast(body).unwrap_or_else(|| panic!("not found: {body}"));
        let error = rows(body, &found).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_list_ends_before_another_list_whatever_white_space_is_between() {
    for space in ["", " ", "\n", "\t\r\n  "] {
        for behind in [r#""New":[1],"ScannedCount":1"#, r#""ScannedCount":1"#] {
            let body = format!(
                r#"{{"Count":1,"Items":[{{"id":{{"S":"a"}}}}{space}]{space},{space}{behind}}}"#
            );
            let found = find_fast(&body).unwrap_or_else(|| panic!("not found: {body}"));
            assert_eq!(rows(&body, &found).unwrap().len(), 1, "{body}");
            assert!(!String::from_utf8(found.rest).unwrap().contains("Items"));
        }
    }
}

#[test]
fn an_item_that_came_alone_reads_as_it_was() {
    let json = r#"{"id":{"S":"a"},"text":{"S":"a \"word\"\n"}}"#;
    let item = read_item(&mut Reader::new(json.as_bytes()).unwrap()).unwrap();
    let held = UnreadItems::of_item(&item);
    let mut reader = held.read().unwrap();
    let Some(Ok(row)) = reader.next::<Row<'_>>() else {
        panic!("it does not read");
    };
    assert_eq!((row.id, &*row.text), ("a", "a \"word\"\n"));
    assert!(matches!(row.text, Cow::Owned(_)));
    assert!(reader.next::<Row<'_>>().is_none());
}

#[test]
fn held_items_do_not_show_in_debug() {
    let held = UnreadItems::new(SdkBody::from("[{\"id\":{\"S\":\"secret\"}}]"), (0, 23), 1);
    assert!(!format!("{held:?}").contains("secret"));
}
