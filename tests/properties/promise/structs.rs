//! Structs with all that serde's attributes can say of a field, of types that are never refused.

use super::collections::{Marker, Maybe};
use super::enums::{Converted, Mixed, Tagged};
use super::scalars::{Level, Rank, UserId, chrono_time, jiff_time, second};
use super::shape::{Place, Refusal, Shape};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use dkmio::{Bytes, Number, Set, Sortable, Ttl};
use dkmio_tests::wire::Source;
use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::IpAddr;
use std::num::NonZeroU16;
use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};
use uuid::Uuid;

macro_rules! made {
    ($source:ident) => {
        Shape::made($source)
    };
    ($source:ident, |$name:ident| $made:expr) => {{
        let $name = &mut *$source;
        $made
    }};
}

macro_rules! refused {
    ($field:expr, $place:ident) => {
        Shape::refusal($field, $place)
    };
    // Made here, and never refused.
    ($field:expr, $place:ident, $made:expr) => {
        None
    };
}

macro_rules! structs {
    ($($(#[$meta:meta])* $name:ident {
        $($(#[$attr:meta])* $field:ident: $ty:ty $(= |$source:ident| $made:expr)?,)*
    })*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        $(#[$meta])*
        pub(super) struct $name {
            $($(#[$attr])* $field: $ty,)*
        }

        impl Shape for $name {
            fn made(source: &mut Source<'_>) -> Self {
                Self { $($field: made!(source $(, |$source| $made)?),)* }
            }

            fn refusal(&self, place: Place) -> Option<Refusal> {
                let _within = place.within(Place::Field);
                [$(refused!(&self.$field, _within $(, stringify!($made))?)),*].into_iter().flatten().next()
            }
        }
    )*};
}

structs! {
    Texts {
        text: String,
        letter: char,
        boxed: Box<str>,
        either: Cow<'static, str>,
        id: Uuid,
        moment: DateTime<Utc>,
        sortable: Sortable<DateTime<Utc>>,
        date: NaiveDate,
        time: NaiveTime,
        date_time: NaiveDateTime,
        timestamp: Timestamp,
        sortable_timestamp: Sortable<Timestamp>,
        civil_date: civil::Date,
        civil_time: civil::Time,
        civil_date_time: civil::DateTime,
        address: IpAddr,
        user: UserId,
        level: Level,
        decimal: Decimal,
        path: PathBuf = |s| s.text().into(),
        maybe: Option<NaiveDate>,
        bytes: Bytes,
        yes: bool,
    }
    Numbers {
        byte: u8,
        small: i8,
        word: u16,
        int: i32,
        unsigned: u64,
        signed: i64,
        single: f32,
        double: f64,
        exact: Number,
        not_zero: NonZeroU16,
        expires: Ttl,
        took: Duration,
        rank: Rank,
        range: Range<i32> = |s| Shape::made(s)..Shape::made(s),
        since: SystemTime = |s| SystemTime::UNIX_EPOCH + Duration::made(s) / 1000,
        result: Result<u8, String> = |s| if s.rarely(2) { Ok(s.byte()) } else { Err(s.text()) },
        wrapping: std::num::Wrapping<i64> = |s| std::num::Wrapping(Shape::made(s)),
        reversed: std::cmp::Reverse<u8> = |s| std::cmp::Reverse(s.byte()),
        maybe: Option<f64>,
        exact_or_none: Option<Number>,
        newtype_or_none: Maybe,
    }
    /// What `serde_dynamo` reads back, of what it wrote.
    Plain {
        text: String,
        letter: char,
        yes: bool,
        small: i8,
        large: u64,
        negative: i64,
        double: f64 = |s| f64::from(i16::from_le_bytes(s.array())) / 8.0,
        maybe: Option<u32>,
        maybe_text: Option<String>,
        list: Vec<Option<i16>>,
        pair: (u8, String),
        array: [bool; 3],
        map: BTreeMap<String, i64>,
        lists: HashMap<String, Vec<String>>,
        by_user: BTreeMap<UserId, u8>,
        boxed: Box<str>,
        cow: Cow<'static, str>,
        bytes: Bytes,
        byte_list: Vec<u8>,
        level: Level,
        marker: Marker,
        rank: Rank,
        moment: DateTime<Utc>,
        date: civil::Date,
        uuid: Uuid,
        took: Duration,
        result: Result<u8, String> = |s| if s.rarely(2) { Ok(s.byte()) } else { Err(s.text()) },
        tree: Tree,
        converted: Converted,
        expires: Option<Ttl>,
    }
    /// What `with` and its kin say.
    Adapted {
        #[serde(with = "chrono::serde::ts_seconds")]
        at: DateTime<Utc> = |s| DateTime::from_timestamp(second(s), 0).unwrap(),
        #[serde(default, with = "chrono::serde::ts_seconds_option")]
        closed_at: Option<DateTime<Utc>> = |s| s.rarely(2).then(|| DateTime::from_timestamp(second(s), 0).unwrap()),
        #[serde(with = "chrono::serde::ts_milliseconds")]
        precise: DateTime<Utc> = |s| DateTime::from_timestamp_millis(chrono_time(s).timestamp_millis()).unwrap(),
        #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
        second: Timestamp = |s| Timestamp::from_second(second(s)).unwrap(),
        #[serde(default, with = "jiff::fmt::serde::timestamp::millisecond::optional")]
        millisecond: Option<Timestamp> = |s| s.rarely(2).then(|| Timestamp::from_millisecond(jiff_time(s).as_millisecond()).unwrap()),
        #[serde(with = "dkmio::decimal")]
        price: Decimal,
        #[serde(default, with = "dkmio::decimal::option")]
        discount: Option<Decimal>,
        #[serde(with = "shouted")]
        shouted: String = |s| s.text().to_lowercase(),
        #[serde(serialize_with = "shouted::serialize", deserialize_with = "shouted::deserialize")]
        by_halves: String = |s| s.text().to_lowercase(),
        #[serde(with = "Remote")]
        remote: Foreign = |s| Foreign(s.byte(), s.text()),
    }
    /// What is skipped, renamed, or has a default.
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    Attributed {
        plain_name: u8,
        #[serde(rename = "a.b [0] #")]
        renamed: String,
        #[serde(rename(serialize = "both", deserialize = "both"))]
        twice: bool,
        #[serde(alias = "old_name")]
        new_name: i64,
        #[serde(skip)]
        skipped: u32 = |_s| 0,
        #[serde(default)]
        defaulted: Option<String>,
        #[serde(default = "seven")]
        seven: u8,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        list: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        maybe: Option<bool>,
        #[serde(default, skip_serializing_if = "HashMap::is_empty")]
        map: HashMap<String, i64>,
        #[serde(default, skip_serializing_if = "Set::is_empty")]
        set: Set<String>,
        #[serde(default = "seven", skip_serializing_if = "is_seven")]
        unless_seven: u8,
        empty: Set<i64>,
        r#type: String,
    }
    #[serde(default, tag = "struct")]
    Defaults {
        text: String = |s| s.text(),
        number: i64,
        nested: Option<Box<Defaults>> = |s| s.rarely(3).then(|| Box::new(Defaults::made(s))),
        marker: Marker,
    }
    Collected {
        list: Vec<Option<i64>>,
        queue: VecDeque<String>,
        unique: HashSet<String>,
        sorted: BTreeSet<u64>,
        bytes: Vec<u8>,
        array: [f64; 3],
        pair: (u8, Option<String>),
        lists: Vec<Vec<(bool, char)>>,
        map: BTreeMap<String, f64>,
        of_lists: HashMap<String, Vec<Option<u8>>>,
        by_user: HashMap<UserId, Number>,
        by_level: BTreeMap<Level, BTreeMap<String, i64>>,
        by_letter: BTreeMap<char, bool>,
        by_day: BTreeMap<NaiveDate, u8>,
        by_id: HashMap<Uuid, String>,
        text: Option<Vec<Option<HashMap<String, String>>>>,
        answers: HashMap<String, Option<String>>,
        words: Set<String>,
        numbers: Set<Number>,
        binary: Set<Bytes>,
        levels: Set<Level>,
        ids: Set<Uuid>,
        days: Set<NaiveDate>,
    }
    /// Maps by what is no string.
    ByNumbers {
        by_byte: BTreeMap<u8, bool>,
        by_int: HashMap<i32, String>,
        by_large: BTreeMap<u64, Option<u8>>,
        by_small: BTreeMap<i8, Vec<u8>>,
        by_wide: BTreeMap<u128, String>,
        by_wide_int: HashMap<i128, bool>,
        by_truth: BTreeMap<bool, u8>,
        by_rank: HashMap<Rank, f64>,
        by_number: BTreeMap<Number, i64>,
    }
    /// All that is never refused.
    Everything {
        texts: Texts,
        numbers: Numbers,
        adapted: Adapted,
        attributed: Attributed,
        defaults: Defaults,
        collected: Collected,
        tree: Tree,
        converted: Converted,
        mixed: Mixed,
        tagged: Tagged,
    }
    // Not as deep as DynamoDB takes, 32 levels.
    Tree {
        name: String = |s| s.text(),
        below: Option<Box<Tree>> = |s| s.rarely(8).then(|| Box::new(Tree::made(s))),
        many: Vec<Tree> = |s| if s.rarely(8) { vec![Tree::made(s)] } else { vec![] },
        named: BTreeMap<String, Tree> = |s| if s.rarely(8) { [(s.text(), Tree::made(s))].into() } else { [].into() },
    }
}

impl Default for Defaults {
    fn default() -> Self {
        Self {
            text: "default".to_owned(),
            number: -1,
            nested: None,
            marker: Marker,
        }
    }
}

fn seven() -> u8 {
    7
}

fn is_seven(n: &u8) -> bool {
    *n == 7
}

mod shouted {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{text}!"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
        let text = String::deserialize(d)?;
        Ok(text.strip_suffix('!').unwrap_or("not shouted").to_owned())
    }
}

/// Of a library that does not know serde.
#[derive(Debug, Clone, PartialEq)]
struct Foreign(u8, String);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Foreign")]
struct Remote(u8, String);
