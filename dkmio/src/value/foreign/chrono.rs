//! The dates and times of `chrono` as keys.

use crate::value::sortable::{Moment, fixed_width};
use crate::value::{KeyAttribute, KeyKind, Prefix, TimeAttribute};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

/// ISO 8601, which sorts in the years 0 to 9999; other years have a sign before them.
#[diagnostic::do_not_recommend]
impl KeyAttribute for NaiveDate {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl Prefix for NaiveDate {}

/// ISO 8601, which sorts in the years 0 to 9999; other years have a sign before them.
#[diagnostic::do_not_recommend]
impl KeyAttribute for NaiveDateTime {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl Prefix for NaiveDateTime {}

#[diagnostic::do_not_recommend]
impl KeyAttribute for NaiveTime {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl Prefix for NaiveTime {}

impl Moment for DateTime<Utc> {
    fn sort_text(&self) -> Option<String> {
        // chrono counts a leap second as more than 999,999,999 nanoseconds of the second before.
        let (leap, nanosecond) = (
            self.nanosecond() / 1_000_000_000,
            self.nanosecond() % 1_000_000_000,
        );
        fixed_width(
            self.year(),
            [
                self.month(),
                self.day(),
                self.hour(),
                self.minute(),
                self.second() + leap,
            ],
            nanosecond,
        )
    }
}

impl TimeAttribute for DateTime<Utc> {
    fn at(since_epoch: std::time::Duration) -> Self {
        let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX);
        Self::from_timestamp(seconds, since_epoch.subsec_nanos()).unwrap_or(Self::MAX_UTC)
    }
}
