//! Times as text of one width, so that DynamoDB, which compares bytes, sorts them in the order of time.

use super::time_attribute::TimeAttribute;
use super::{KeyAttribute, KeyKind, Prefix};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// A moment in time whose text sorts in the order of time: what a key needs.
///
/// `chrono::DateTime<Utc>` and `jiff::Timestamp` write as many digits of the second as there are, so that DynamoDB
/// sorts `…:00.5Z` before `…:00Z`; they are no keys. `Sortable` writes all nine digits:
/// `2025-01-31T09:30:00.500000000Z`. It takes the years 0 to 9999, and refuses to write others.
///
/// It reads any RFC 3339 time. But a time that another program stored with fewer digits is another key.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "chrono")] {
/// use chrono::{DateTime, Utc};
/// use dkmio::{DynamoTable, Sortable};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "readings")]
/// struct Readings {
///     #[pk]
///     sensor: String,
///     #[sk]
///     at: Sortable<DateTime<Utc>>,
///     celsius: f64,
/// }
///
/// let noon: DateTime<Utc> = "2025-01-31T12:00:00Z".parse().unwrap();
/// let reading = Readings { sensor: "roof".to_owned(), at: noon.into(), celsius: 3.5 };
/// assert_eq!(reading.at.timestamp(), 1_738_324_800);
/// let afternoon = Readings::query("roof").sk(|k| k.ge(noon));
/// # let _ = afternoon;
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sortable<T>(T);

impl<T> Sortable<T> {
    /// Returns the moment as its own type.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Moment> From<T> for Sortable<T> {
    fn from(moment: T) -> Self {
        Self(moment)
    }
}

impl<T> Deref for Sortable<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Display> fmt::Display for Sortable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Moment> KeyAttribute for Sortable<T> {
    const KIND: KeyKind = KeyKind::S;
}
#[diagnostic::do_not_recommend]
impl<T: Moment> Prefix for Sortable<T> {}

impl<T: Moment + TimeAttribute> TimeAttribute for Sortable<T> {
    fn at(since_epoch: std::time::Duration) -> Self {
        Self(T::at(since_epoch))
    }
}

impl<T: Moment> Serialize for Sortable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.sort_text() {
            Some(text) => serializer.serialize_str(&text),
            None => Err(S::Error::custom(
                "a time outside of the years 0 to 9999 would not sort; `Sortable` does not write it",
            )),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Sortable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

/// A moment in time that [`Sortable`] writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no moment in time that `Sortable` writes",
    label = "expected `chrono::DateTime<chrono::Utc>` or `jiff::Timestamp`",
    note = "dates and times without a time zone are keys as they are"
)]
pub trait Moment {
    /// Returns the text; `None` outside of the years 0 to 9999.
    #[doc(hidden)]
    fn sort_text(&self) -> Option<String>;
}

/// Writes a time in UTC with all its digits; the fields are month, day, hour, minute and second.
pub(super) fn fixed_width(year: i32, fields: [u32; 5], nanosecond: u32) -> Option<String> {
    let [month, day, hour, minute, second] = fields;
    (0..=9999).contains(&year).then(|| {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanosecond:09}Z")
    })
}
