//! Keys of other libraries' types: DynamoDB sorts them as the library does, and they read back.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use dkmio::{AttributeValue, DynamoDb, DynamoTable, KeyAttribute, Number, Set, Sortable, codec};
use jiff::{Timestamp, civil};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt::Debug;
use uuid::Uuid;

/// The first and last second of the years 0 to 9999.
const SECONDS: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Fractions of a second with all numbers of digits.
fn nanoseconds() -> impl Strategy<Value = u32> {
    (0u32..1_000_000_000, 0u32..=9).prop_map(|(n, digits)| {
        let unit = 10u32.pow(9 - digits);
        n / unit * unit
    })
}

/// A second, and often the same one twice, so that the fraction decides.
fn two_moments() -> impl Strategy<Value = [(i64, u32); 2]> {
    (
        SECONDS,
        SECONDS,
        any::<bool>(),
        nanoseconds(),
        nanoseconds(),
    )
        .prop_map(|(a, b, same, x, y)| [(a, x), (if same { a } else { b }, y)])
}

fn text<T: Serialize>(value: &T) -> String {
    match codec::to_value(value).unwrap() {
        AttributeValue::S(text) => text,
        other => panic!("expected a string: {other:?}"),
    }
}

fn decimal(value: &Decimal) -> Number {
    Number::from(*value)
}

/// Checks that the texts of two keys sort as the keys, and that each reads back.
fn sorts<K: KeyAttribute + DeserializeOwned + Ord + Debug>(a: K, b: K) {
    let bytes: Ordering = text(&a).as_bytes().cmp(text(&b).as_bytes());
    assert_eq!(bytes, a.cmp(&b), "{a:?} {b:?}");
    for key in [a, b] {
        let value = codec::to_value(&key).unwrap();
        assert_eq!(codec::from_value::<K>(value).unwrap(), key);
    }
}

fn chrono_moment((second, nanosecond): (i64, u32)) -> DateTime<Utc> {
    DateTime::from_timestamp(second, nanosecond).unwrap()
}

fn jiff_moment((second, nanosecond): (i64, u32)) -> Timestamp {
    Timestamp::new(second, nanosecond as i32).unwrap()
}

fn jiff_civil(moment: (i64, u32)) -> civil::DateTime {
    jiff::tz::Offset::UTC.to_datetime(jiff_moment(moment))
}

proptest! {
    #[test]
    fn uuids_sort(a in any::<u128>(), b in any::<u128>(), shared in 0u32..128) {
        let b = if shared == 0 { b } else { (a & (u128::MAX << (128 - shared))) | (b >> shared) };
        sorts(Uuid::from_u128(a), Uuid::from_u128(b));
    }

    #[test]
    fn dates_and_times_of_chrono_sort([a, b] in two_moments()) {
        let (a, b) = (chrono_moment(a), chrono_moment(b));
        sorts(Sortable::from(a), Sortable::from(b));
        sorts::<NaiveDateTime>(a.naive_utc(), b.naive_utc());
        sorts::<NaiveDate>(a.date_naive(), b.date_naive());
        sorts::<NaiveTime>(a.time(), b.time());
    }

    #[test]
    fn dates_and_times_of_jiff_sort([a, b] in two_moments()) {
        sorts(Sortable::from(jiff_moment(a)), Sortable::from(jiff_moment(b)));
        let (a, b) = (jiff_civil(a), jiff_civil(b));
        sorts::<civil::DateTime>(a, b);
        sorts::<civil::Date>(a.date(), b.date());
        sorts::<civil::Time>(a.time(), b.time());
    }

    #[test]
    fn chrono_and_jiff_write_one_text(moment in two_moments()) {
        let (chrono, jiff) = (chrono_moment(moment[0]), jiff_moment(moment[0]));
        prop_assert_eq!(text(&Sortable::from(chrono)), text(&Sortable::from(jiff)));
    }

    #[test]
    fn decimals_are_exact_numbers(a in any::<i128>(), b in any::<i128>(), scale in 0u32..=28) {
        // 96 bits of digits.
        let (a, b) = (Decimal::from_i128_with_scale(a >> 32, scale), Decimal::from_i128_with_scale(b >> 32, 28 - scale));
        let value = codec::to_value(&decimal(&a)).unwrap();
        prop_assert_eq!(value.as_n().unwrap(), &decimal(&a).to_string());
        let back: Number = codec::from_value(value).unwrap();
        prop_assert_eq!(Decimal::try_from(&back), Ok(a));
        prop_assert_eq!(decimal(&a).cmp(&decimal(&b)), a.cmp(&b));
    }
}

#[test]
fn moments_by_themselves_do_not_sort() {
    // Why `DateTime<Utc>` and `Timestamp` are no keys.
    let (whole, half) = ((0, 0), (0, 500_000_000));
    assert!(text(&chrono_moment(whole)) > text(&chrono_moment(half)));
    assert!(text(&jiff_moment(whole)) > text(&jiff_moment(half)));
}

#[test]
fn a_leap_second_sorts_before_the_next_minute() {
    let leap: DateTime<Utc> = "2016-12-31T23:59:60.5Z".parse().unwrap();
    let next: DateTime<Utc> = "2017-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(
        text(&Sortable::from(leap)),
        "2016-12-31T23:59:60.500000000Z"
    );
    sorts(Sortable::from(leap), Sortable::from(next));
}

#[test]
fn a_moment_that_would_not_sort_is_not_written() {
    for moment in [
        chrono_moment((SECONDS.start() - 1, 0)),
        chrono_moment((SECONDS.end() + 1, 0)),
    ] {
        assert!(codec::to_value(&Sortable::from(moment)).is_err());
    }
    assert!(codec::to_value(&Sortable::from(jiff_moment((SECONDS.start() - 1, 0)))).is_err());
}

#[test]
fn a_number_that_is_no_decimal_is_an_error() {
    for text in ["79228162514264337593543950336", "1e-29", "1e125"] {
        let number: Number = text.parse().unwrap();
        assert!(Decimal::try_from(&number).is_err(), "{text}");
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "bookings")]
#[gsi(by_day, pk = day, sk = hour)]
#[gsi(by_price, pk = id, sk = price)]
struct Bookings {
    #[pk]
    id: Uuid,
    #[sk]
    at: Sortable<DateTime<Utc>>,
    day: NaiveDate,
    hour: Option<civil::Time>,
    seen: Option<Sortable<Timestamp>>,
    price: Number,
    #[serde(with = "dkmio::decimal")]
    tax: Decimal,
    #[serde(default, with = "dkmio::decimal::option")]
    discount: Option<Decimal>,
    guests: Set<Uuid>,
    closed: Set<civil::Date>,
}

fn booking(id: u128, at: (i64, u32), price: Decimal) -> Bookings {
    Bookings {
        id: Uuid::from_u128(id),
        at: chrono_moment(at).into(),
        day: chrono_moment(at).date_naive(),
        hour: Some(jiff_civil(at).time()),
        seen: Some(jiff_moment(at).into()),
        price: price.into(),
        tax: price * Decimal::new(19, 2),
        discount: None,
        guests: [Uuid::from_u128(id + 1), Uuid::from_u128(id + 2)].into(),
        closed: [jiff_civil(at).date()].into(),
    }
}

#[tokio::test]
async fn an_engine_keeps_and_sorts_them() -> Result<(), dkmio::Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Bookings>().await?;
    let moments = [(0, 0), (0, 500_000_000), (0, 500_000_001), (1, 0)];
    let prices = [
        Decimal::new(999, 2),
        Decimal::new(10, 0),
        Decimal::new(-5, 1),
        Decimal::MAX,
    ];
    let bookings: Vec<Bookings> = moments
        .into_iter()
        .zip(prices)
        .map(|(at, price)| booking(7, at, price))
        .collect();
    for booking in bookings.iter().rev() {
        Bookings::put(booking).execute(&db).await?;
    }
    let (id, at) = (bookings[1].id, chrono_moment(moments[1]));

    assert_eq!(
        Bookings::get((id, at)).execute(&db).await?,
        Some(bookings[1].clone())
    );
    let all = Bookings::query(id).fetch_all(&db).await?;
    assert_eq!(all, bookings, "in the order of time");
    let later = Bookings::query(id).sk(|k| k.gt(at)).fetch_all(&db).await?;
    assert_eq!(later, bookings[2..]);
    let day = Bookings::by_day()
        .query(bookings[0].day)
        .fetch_all(&db)
        .await?;
    assert_eq!(day, bookings);
    let priced = Bookings::by_price().query(id).fetch_all(&db).await?;
    let priced: Vec<Decimal> = priced
        .iter()
        .map(|b| Decimal::try_from(&b.price).unwrap())
        .collect();
    let mut sorted = prices;
    sorted.sort();
    assert_eq!(priced, sorted, "by value");

    let new: Bookings = Bookings::update((id, at))
        .set(|b| b.discount(), Decimal::new(150, 2))
        .set(|b| b.seen(), jiff_moment(moments[3]))
        .add(|b| b.guests(), [Uuid::nil()])
        .condition(|b| b.tax().gt(Decimal::ONE) & b.seen().lt(jiff_moment(moments[3])))
        .return_new()
        .execute(&db)
        .await?;
    assert_eq!(new.discount, Some(Decimal::new(15, 1)));
    assert_eq!(new.guests.len(), 3);
    Ok(())
}
