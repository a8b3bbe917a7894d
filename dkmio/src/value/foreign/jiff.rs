//! The dates and times of `jiff` as keys.

use crate::value::sortable::{Moment, fixed_width};
use crate::value::{KeyAttribute, KeyKind, Prefix, TimeAttribute};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::Offset};

/// ISO 8601, which sorts in the years 0 to 9999; a negative year has six digits and a sign.
#[diagnostic::do_not_recommend]
impl KeyAttribute for Date {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl Prefix for Date {}

/// ISO 8601, which sorts in the years 0 to 9999; a negative year has six digits and a sign.
#[diagnostic::do_not_recommend]
impl KeyAttribute for DateTime {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl Prefix for DateTime {}

#[diagnostic::do_not_recommend]
impl KeyAttribute for Time {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl Prefix for Time {}

impl Moment for Timestamp {
    fn sort_text(&self) -> Option<String> {
        let utc = Offset::UTC.to_datetime(*self);
        let fields = [
            utc.month(),
            utc.day(),
            utc.hour(),
            utc.minute(),
            utc.second(),
        ];
        fixed_width(
            utc.year().into(),
            fields.map(|field| field.unsigned_abs().into()),
            utc.subsec_nanosecond().unsigned_abs(),
        )
    }
}

impl TimeAttribute for Timestamp {
    fn at(since_epoch: std::time::Duration) -> Self {
        let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX);
        let nanosecond = i32::try_from(since_epoch.subsec_nanos()).unwrap_or_default();
        Self::new(seconds, nanosecond).unwrap_or(Self::MAX)
    }
}
