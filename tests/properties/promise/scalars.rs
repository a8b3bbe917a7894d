//! Text, numbers, and the types of other libraries.

use super::shape::{Place, Refusal, Shape};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use dkmio::{Bytes, KeyAttribute, Number, Sortable, Ttl};
use dkmio_tests::wire::Source;
use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU16;
use std::time::Duration;
use uuid::Uuid;

macro_rules! shapes {
    ($($ty:ty: |$source:ident| $made:expr;)*) => {$(
        impl Shape for $ty {
            fn made($source: &mut Source<'_>) -> Self {
                $made
            }
        }
    )*};
}

/// A number of 38 digits at most, and mostly of as many.
pub(super) fn digits(source: &mut Source<'_>) -> i128 {
    const ALL: i128 = 10i128.pow(38);
    match source.below(4) {
        0 => ALL - 1,
        1 => 1 - ALL,
        2 => i128::from(i64::MAX) + i128::from(source.byte()),
        _ => i128::from_le_bytes(source.array()) % ALL,
    }
}

/// Seconds in the years from 0 to 9999.
pub(super) fn second(source: &mut Source<'_>) -> i64 {
    (u64::from_le_bytes(source.array()) % 315_569_520_000) as i64 - 62_167_219_200
}

fn nanosecond(source: &mut Source<'_>) -> u32 {
    let unit = 10u32.pow(source.below(10) as u32);
    u32::from_le_bytes(source.array()) % 1_000_000_000 / unit * unit
}

pub(super) fn chrono_time(source: &mut Source<'_>) -> DateTime<Utc> {
    DateTime::from_timestamp(second(source), nanosecond(source)).unwrap()
}

pub(super) fn jiff_time(source: &mut Source<'_>) -> Timestamp {
    Timestamp::new(second(source), nanosecond(source) as i32).unwrap()
}

fn jiff_civil(source: &mut Source<'_>) -> civil::DateTime {
    jiff::tz::Offset::UTC.to_datetime(jiff_time(source))
}

shapes! {
    String: |source| source.text();
    bool: |source| source.rarely(2);
    char: |source| source.text().chars().next().unwrap_or('\0');
    u8: |source| source.byte();
    i8: |source| source.byte() as i8;
    i16: |source| i16::from_le_bytes(source.array());
    u32: |source| u32::from_le_bytes(source.array());
    u16: |source| u16::from_le_bytes(source.array());
    i32: |source| i32::from_le_bytes(source.array());
    u64: |source| if source.rarely(3) { u64::MAX } else { u64::from_le_bytes(source.array()) };
    i64: |source| if source.rarely(3) { i64::MIN } else { i64::from_le_bytes(source.array()) };
    NonZeroU16: |source| NonZeroU16::MIN.saturating_add(u16::from_le_bytes(source.array()));
    Box<str>: |source| source.text().into();
    Cow<'static, str>: |source| source.text().into();
    Uuid: |source| Uuid::from_u128(u128::from_le_bytes(source.array()));
    DateTime<Utc>: |source| chrono_time(source);
    NaiveDate: |source| chrono_time(source).date_naive();
    NaiveTime: |source| chrono_time(source).time();
    NaiveDateTime: |source| chrono_time(source).naive_utc();
    Timestamp: |source| jiff_time(source);
    civil::Date: |source| jiff_civil(source).date();
    civil::Time: |source| jiff_civil(source).time();
    civil::DateTime: |source| jiff_civil(source);
    Sortable<DateTime<Utc>>: |source| chrono_time(source).into();
    Sortable<Timestamp>: |source| jiff_time(source).into();
    Ttl: |source| Ttl::from_epoch_seconds(u64::from(u32::from_le_bytes(source.array()))).unwrap();
    Duration: |source| Duration::new(u64::from_le_bytes(source.array()), nanosecond(source));
    IpAddr: |source| IpAddr::V4(Ipv4Addr::from(source.array::<4>()));
    Bytes: |source| source.bytes(12).into();
    // A string to serde; `dkmio::decimal` makes it a number.
    Decimal: |source| decimal(source);
    Number: |source| number(source);
    f64: |source| double(source);
    f32: |source| single(source);
    UserId: |source| UserId(source.text());
    Rank: |source| Rank(source.byte() as i8);
    Level: |source| [Level::Low, Level::High, Level::TooHigh][source.below(3)];
}

/// A newtype around a string.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, KeyAttribute,
)]
pub(super) struct UserId(pub(super) String);

/// A newtype around an integer.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, KeyAttribute,
)]
pub(super) struct Rank(pub(super) i8);

/// An enum without fields.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, KeyAttribute,
)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Level {
    Low,
    High,
    TooHigh,
}

pub(super) fn decimal(source: &mut Source<'_>) -> Decimal {
    let scale = source.below(29) as u32;
    Decimal::from_i128_with_scale(i128::from_le_bytes(source.array()) >> 32, scale)
}

pub(super) fn number(source: &mut Source<'_>) -> Number {
    let exponent = match source.below(6) {
        0 => 0,
        1 => -(source.below(120) as i32),
        2 => source.below(87) as i32,
        3 => -19,
        _ => -(source.below(40) as i32),
    };
    format!("{}e{exponent}", digits(source)).parse().unwrap()
}

pub(super) fn double(source: &mut Source<'_>) -> f64 {
    const EDGES: [f64; 12] = [
        0.1,
        1e125,
        1e-130,
        -1e22,
        0.0,
        1.0 / 3.0,
        5e-1,
        9_007_199_254_740_993.0,
        1e16,
        -0.3,
        100.0,
        1e21,
    ];
    match source.below(4) {
        0 => EDGES[source.below(12)],
        1 => f64::from(i16::from_le_bytes(source.array())) / 8.0,
        _ => {
            let any = f64::from_le_bytes(source.array());
            if (1e-129..1e125).contains(&any.abs()) {
                any
            } else {
                0.7
            }
        }
    }
}

pub(super) fn single(source: &mut Source<'_>) -> f32 {
    match source.below(4) {
        0 => [0.1, f32::MAX, f32::MIN_POSITIVE, 16_777_217.0][source.below(4)],
        1 => f32::from(i16::from_le_bytes(source.array())) / 8.0,
        _ => {
            let any = f32::from_le_bytes(source.array());
            if any.is_finite() { any } else { 0.3 }
        }
    }
}

macro_rules! wide {
    ($($ty:ty: $made:expr;)*) => {$(
        impl Shape for $ty {
            fn made(source: &mut Source<'_>) -> Self {
                $made(digits(source))
            }

            fn refusal(&self, place: Place) -> Option<Refusal> {
                place.is_buffered().then_some(Refusal::Wide)
            }
        }
    )*};
}

wide! {
    i128: std::convert::identity;
    u128: i128::unsigned_abs;
}
