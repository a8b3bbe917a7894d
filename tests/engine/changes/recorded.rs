//! Events in the form in which Lambda hands them on, one of each kind.

use dkmio::{
    Bytes, Change, DynamoTable, Error, EventName, KeyChange, Latest, Records, Set, StreamViewType,
    Ttl,
};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "documents")]
struct Documents {
    #[pk]
    owner: String,
    #[sk]
    number: u32,
    title: String,
    checksum: Bytes,
    tags: Set<String>,
    pages: Vec<u32>,
    #[ttl]
    expires_at: Option<Ttl>,
}

fn first() -> Documents {
    Documents {
        owner: "usr_1".to_owned(),
        number: 12,
        title: "Report \"Q1\"\nfinal".to_owned(),
        checksum: Bytes::from(vec![0xde, 0xad, 0xbe, 0xef]),
        tags: ["draft", "2025"].into(),
        pages: vec![1, 2],
        expires_at: None,
    }
}

fn second() -> Documents {
    Documents {
        title: "Report Q1".to_owned(),
        tags: ["2025"].into(),
        expires_at: Some(Ttl::from_epoch_seconds(1_740_909_600).unwrap()),
        ..first()
    }
}

fn key() -> DocumentsKey {
    DocumentsKey::from(("usr_1", 12))
}

macro_rules! event {
    ($name:literal) => {
        include_str!(concat!("events/", $name, ".json"))
    };
}

/// Reads an event as its JSON, and as the event of `aws_lambda_events`.
fn both(json: &str) -> [Records; 2] {
    let event: aws_lambda_events::dynamodb::Event = serde_json::from_str(json).unwrap();
    let records = [Records::from_json(json).unwrap(), Records::from(event)];
    for records in &records {
        assert_eq!(records.len(), 1);
    }
    records
}

fn read<T>(json: &str, read: impl Fn(&dkmio::Record) -> Result<T, Error>) -> T
where
    T: PartialEq + std::fmt::Debug,
{
    let [a, b] = both(json).map(|records| {
        let record = records.iter().next().unwrap();
        read(record).unwrap()
    });
    assert_eq!(a, b);
    a
}

#[test]
fn changes_have_the_item_before_and_after() {
    let (old, new) = (first(), second());
    let change = |json| read(json, Change::<Documents>::of).unwrap();
    assert_eq!(
        change(event!("insert")),
        Change::Insert { new: old.clone() }
    );
    assert_eq!(change(event!("modify")), Change::Modify { old, new });
    let removed = |expired| Change::Remove {
        old: second(),
        expired,
    };
    assert_eq!(change(event!("remove")), removed(false));
    assert_eq!(change(event!("expired")), removed(true));
}

#[test]
fn the_latest_item_needs_the_new_image() {
    let latest = |json| read(json, Latest::<Documents>::of).unwrap();
    assert_eq!(latest(event!("insert")), Latest::Present(first()));
    assert_eq!(latest(event!("modify")), Latest::Present(second()));
    assert_eq!(latest(event!("new_image")), Latest::Present(second()));
    for gone in [
        event!("remove"),
        event!("expired"),
        event!("new_image_removed"),
    ] {
        assert_eq!(latest(gone), Latest::Gone(key()));
    }
}

#[test]
fn the_key_is_in_each_record() {
    for (json, event, expired) in [
        (event!("insert"), EventName::Insert, false),
        (event!("modify"), EventName::Modify, false),
        (event!("remove"), EventName::Remove, false),
        (event!("expired"), EventName::Remove, true),
        (event!("keys_only"), EventName::Modify, false),
        (event!("new_image"), EventName::Modify, false),
        (event!("new_image_removed"), EventName::Remove, true),
        (event!("old_image"), EventName::Modify, false),
    ] {
        let change = read(json, KeyChange::<Documents>::of).unwrap();
        let expected = KeyChange {
            event,
            key: key(),
            expired,
        };
        assert_eq!(change, expected);
    }
}

#[test]
fn a_missing_image_is_an_error_that_names_the_view_type_it_takes() {
    let refused = |json, needed: &str, read: fn(&dkmio::Record) -> Result<(), Error>| {
        for records in both(json) {
            let error = read(records.iter().next().unwrap()).unwrap_err();
            let Error::Configuration(error) = error else {
                panic!("{error:?}");
            };
            assert!(error.message().contains(needed), "{error}");
        }
    };
    for json in [
        event!("keys_only"),
        event!("new_image"),
        event!("new_image_removed"),
        event!("old_image"),
    ] {
        refused(json, "`NEW_AND_OLD_IMAGES`", |record| {
            Change::<Documents>::of(record).map(drop)
        });
    }
    for json in [event!("keys_only"), event!("old_image")] {
        refused(json, "`NEW_IMAGE`", |record| {
            Latest::<Documents>::of(record).map(drop)
        });
    }
}

#[test]
fn a_record_says_when_and_where() {
    for records in both(event!("expired")) {
        let record = records.iter().next().unwrap();
        let created_at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_740_823_204);
        assert_eq!(record.created_at(), Some(created_at));
        assert_eq!(
            record.sequence_number(),
            Some("4421584500000000017450439094")
        );
        assert_eq!(record.view_type(), Some(StreamViewType::NewAndOldImages));
        assert!(record.source_arn().unwrap().contains("table/documents"));
        assert_eq!(record.table_name(), Some("documents"));
        assert!(record.user_identity().is_some() && record.is_expired());
        let (keys, old) = (
            record.raw_keys().unwrap(),
            record.raw_old().unwrap().unwrap(),
        );
        assert_eq!((keys.len(), old.len()), (2, 7));
        assert_eq!(record.raw_new().unwrap(), None);
        assert!(!format!("{records:?}").contains("Report"));
    }
}

#[test]
fn json_that_is_no_event_is_refused() {
    for json in [
        "",
        "{}",
        "[{}]",
        r#"{"Records": null}"#,
        r#"{"Records": [{"body": "of a queue"}]}"#,
        r#"{"Records": []} and more"#,
        r#"{"Records": [{"dynamodb": {"NewImage": {"id": {"S": "a"}"#,
    ] {
        let result = Records::from_json(json);
        assert!(
            matches!(result, Err(Error::Decode(_))),
            "{json}: {result:?}"
        );
    }
    assert!(Records::from_json(r#"{"Records": []}"#).unwrap().is_empty());
}

#[test]
fn a_list_of_records_and_a_record_alone_are_read_too() {
    let event = event!("insert");
    let record = event.trim().strip_prefix("{\n  \"Records\": [").unwrap();
    let record = record.trim_end().strip_suffix("]\n}").unwrap();
    let listed = Records::from_json(format!(" [{record},{record}] ")).unwrap();
    assert_eq!(listed.len(), 2);
    let alone = dkmio::Record::from_json(record).unwrap();
    let change = Change::<Documents>::of(&alone).unwrap();
    assert_eq!(change, Some(Change::Insert { new: first() }));
}

#[test]
fn kinesis_counts_time_in_thousandths_or_millionths() {
    let at = |number: &str, precision: &str| {
        let json = format!(
            r#"{{"eventName": "INSERT", "tableName": "documents", "userIdentity": null, "dynamodb": {{"ApproximateCreationDateTime": {number}, {precision} "Keys": {{}}}}}}"#
        );
        let record = dkmio::Record::from_json(json).unwrap();
        assert_eq!(record.table_name(), Some("documents"));
        record.created_at()
    };
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_740_823_204);
    assert_eq!(at("1740823204", ""), Some(time));
    assert_eq!(at("1.740823204E9", ""), Some(time));
    let precision = r#""ApproximateCreationDateTimePrecision": "MILLISECOND","#;
    assert_eq!(at("1740823204000", precision), Some(time));
    let precision = r#""ApproximateCreationDateTimePrecision": "MICROSECOND","#;
    assert_eq!(at("1740823204000000", precision), Some(time));
    assert_eq!(at("-1", ""), None);
}

#[test]
fn a_value_of_a_later_type_fails_its_record_only() {
    let json = r#"{"Records": [
        {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1", "Keys": {},
            "NewImage": {"owner": {"S": "usr_1"}, "title": {"X": "y"}}}},
        {"eventName": "UPSERT", "dynamodb": {"SequenceNumber": "2", "Keys": {}}},
        {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "3"}}
    ]}"#;
    let records = Records::from_json(json).unwrap();
    for record in &records {
        assert!(
            matches!(KeyChange::<Documents>::of(record), Err(Error::Decode(_))),
            "{record:?}"
        );
    }
    let first = records.iter().next().unwrap();
    assert!(matches!(
        Change::<Documents>::of(first),
        Err(Error::Decode(_))
    ));
}
