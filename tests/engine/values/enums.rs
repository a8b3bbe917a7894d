//! Enums in each of serde's representations.

use super::{Values, round_trip};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum External {
    UnitCase,
    Newtype(u64),
    Tuple(String, Option<u8>),
    Record { total: u64, note: Option<String> },
    Nested(Box<External>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Internal {
    Unit,
    Record { total: u64, note: Option<String> },
    Newtype(Inner),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    a: i64,
    f: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Unit,
    Newtype(Vec<u8>),
    Tuple(u8, String),
    Record { total: u64 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Flag(bool),
    Count(u64),
    Below(i64),
    Real(f64),
    Text(String),
    List(Vec<Untagged>),
    Record { total: u64 },
    Nothing,
}

#[tokio::test]
async fn externally_tagged() {
    check(async |db| {
        db.create_table::<Values>().await?;
        let stored = round_trip!(db, External: External::UnitCase).unwrap();
        assert_eq!(stored.as_s().unwrap(), "unit_case");
        round_trip!(db, External: External::Newtype(u64::MAX));
        round_trip!(db, External: External::Tuple("a".into(), None));
        round_trip!(db, External: External::Tuple("a".into(), Some(1)));
        let record = External::Record {
            total: 1,
            note: None,
        };
        let stored = round_trip!(db, External: record).unwrap();
        assert!(stored.as_m().unwrap()["record"].as_m().unwrap().len() == 1);
        let nested = External::Nested(Box::new(External::Nested(Box::new(External::UnitCase))));
        round_trip!(db, External: nested);
        round_trip!(db, Vec<External>: vec![External::UnitCase, External::Newtype(0)]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn internally_tagged() {
    check(async |db| {
        db.create_table::<Values>().await?;
        round_trip!(db, Internal: Internal::Unit);
        round_trip!(db, Internal: Internal::Record { total: u64::MAX, note: None });
        let note = Some("n".to_owned());
        round_trip!(db, Internal: Internal::Record { total: 1, note });
        round_trip!(db, Internal: Internal::Newtype(Inner { a: i64::MIN, f: 0.5 }));
        round_trip!(db, Internal: Internal::Newtype(Inner { a: 1, f: 2.0 }));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn adjacently_tagged() {
    check(async |db| {
        db.create_table::<Values>().await?;
        round_trip!(db, Adjacent: Adjacent::Unit);
        round_trip!(db, Adjacent: Adjacent::Newtype(vec![1, 2]));
        round_trip!(db, Adjacent: Adjacent::Tuple(1, String::new()));
        round_trip!(db, Adjacent: Adjacent::Record { total: 7 });
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn untagged() {
    check(async |db| {
        db.create_table::<Values>().await?;
        round_trip!(db, Untagged: Untagged::Flag(true));
        round_trip!(db, Untagged: Untagged::Count(u64::MAX));
        round_trip!(db, Untagged: Untagged::Below(-1));
        round_trip!(db, Untagged: Untagged::Real(1.5));
        round_trip!(db, Untagged: Untagged::Text("t".into()));
        round_trip!(db, Untagged: Untagged::Record { total: 1 });
        round_trip!(db, Untagged: Untagged::List(vec![Untagged::Nothing, Untagged::Flag(false)]));
        Ok(())
    })
    .await;
}
