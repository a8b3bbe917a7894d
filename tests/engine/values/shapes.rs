//! Structs, maps, lists, tuples, numbers, and nothing.

use super::{Values, round_trip};
use dkmio::{Bytes, Number, Set};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, VecDeque};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Deep {
    name: String,
    below: Option<Box<Deep>>,
    many: Vec<Deep>,
    named: BTreeMap<String, Deep>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
enum Level {
    Low,
    High,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Metres(f64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Pair(u8, String);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Marker;

#[tokio::test]
async fn nested_documents() {
    check(async |db| {
        db.create_table::<Values>().await?;
        let leaf = Deep {
            name: "leaf".into(),
            ..Deep::default()
        };
        let deep = Deep {
            name: String::new(),
            below: Some(Box::new(leaf.clone())),
            many: vec![leaf.clone(), Deep::default()],
            named: BTreeMap::from([("a.b".to_owned(), leaf), (" ".to_owned(), Deep::default())]),
        };
        round_trip!(db, Deep: deep.clone());
        round_trip!(db, Vec<Vec<Deep>>: vec![vec![], vec![deep]]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn maps_with_keys_of_many_types() {
    check(async |db| {
        db.create_table::<Values>().await?;
        round_trip!(db, HashMap<String, u8>: HashMap::from([("a".to_owned(), 1), ("ß[0].x".to_owned(), 2)]));
        round_trip!(db, BTreeMap<u64, String>: BTreeMap::from([(u64::MAX, "max".to_owned()), (0, String::new())]));
        round_trip!(db, BTreeMap<i8, bool>: BTreeMap::from([(-128, true)]));
        round_trip!(db, BTreeMap<Level, u8>: BTreeMap::from([(Level::Low, 1), (Level::High, 2)]));
        round_trip!(db, BTreeMap<char, ()>: BTreeMap::from([('é', ())]));
        round_trip!(db, BTreeMap<bool, u8>: BTreeMap::from([(true, 1)]));
        round_trip!(db, BTreeMap<String, u8>: BTreeMap::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn options_nest_as_far_as_absence_can_tell() {
    check(async |db| {
        db.create_table::<Values>().await?;
        assert_eq!(round_trip!(db, Option<u8>: None), None);
        round_trip!(db, Option<u8>: Some(0));
        round_trip!(db, Option<String>: Some(String::new()));
        round_trip!(db, Option<Vec<Option<u8>>>: Some(vec![None, Some(1), None]));
        round_trip!(db, Option<Box<Deep>>: Some(Box::default()));
        round_trip!(db, Option<Option<u8>>: Some(Some(1)));
        round_trip!(db, BTreeMap<String, Option<Vec<u8>>>: BTreeMap::from([("a".to_owned(), Some(vec![]))]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn tuples_lists_and_newtypes() {
    check(async |db| {
        db.create_table::<Values>().await?;
        round_trip!(db, (u8, String, Option<bool>): (1, "b".into(), None));
        round_trip!(db, [u16; 3]: [1, 2, 3]);
        round_trip!(db, VecDeque<Pair>: VecDeque::from([Pair(1, "a".into())]));
        round_trip!(db, Vec<u8>: vec![]);
        let stored = round_trip!(db, Metres: Metres(1.25)).unwrap();
        assert_eq!(stored.as_n().unwrap(), "1.25");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn bytes_chars_and_units() {
    check(async |db| {
        db.create_table::<Values>().await?;
        let all: Vec<u8> = (0..=255).collect();
        let stored = round_trip!(db, Bytes: Bytes::from(all.clone())).unwrap();
        assert_eq!(stored.as_b().unwrap().as_ref(), all);
        round_trip!(db, Bytes: Bytes::default());
        round_trip!(db, Vec<u8>: all);
        round_trip!(db, char: '\u{1F980}');
        round_trip!(db, String: "\0 \u{FEFF} \u{10FFFF} \"\\\n".to_owned());
        assert!(round_trip!(db, (): ()).unwrap().is_null());
        round_trip!(db, Marker: Marker);
        round_trip!(db, (Marker, bool): (Marker, false));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn numbers_at_their_ends() {
    check(async |db| {
        db.create_table::<Values>().await?;
        round_trip!(db, u64: u64::MAX);
        round_trip!(db, i64: i64::MIN);
        round_trip!(db, (i8, i16, i32): (i8::MIN, i16::MIN, i32::MIN));
        round_trip!(db, u128: 10u128.pow(38) - 1);
        round_trip!(db, i128: 1 - 10i128.pow(38));
        for float in [
            0.0,
            -0.5,
            0.1,
            1.0,
            1e21,
            1e22,
            1e125,
            1e-130,
            1.0 / 3.0,
            123_456_789.125,
            9_007_199_254_740_993.0,
        ] {
            round_trip!(db, f64: float);
            round_trip!(db, f64: -float);
        }
        for float in [
            0.1f32,
            1e-38,
            3.4e38,
            f32::MAX,
            f32::MIN_POSITIVE,
            16_777_217.0,
        ] {
            round_trip!(db, f32: float);
        }
        for number in [
            "0",
            "-1.5",
            "1e125",
            "9.9e-130",
            "0.00000000000000000000000000000000000001",
        ] {
            round_trip!(db, Number: number.parse().unwrap());
        }
        round_trip!(db, (Number, Option<Set<u8>>): ("1".parse().unwrap(), Some(Set::from([1u8]))));
        Ok(())
    })
    .await;
}
