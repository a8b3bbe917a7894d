//! The time to live of an item, always in seconds, because DynamoDB expires nothing else.

use super::{AttributeValue, Item, clock};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The largest value that counts as seconds: the year 5138. A time in milliseconds is larger from 1973 on.
const MAX_SECONDS: u64 = 100_000_000_000;

/// A time to live: the second at which DynamoDB may delete the item, as epoch seconds in a number.
///
/// DynamoDB deletes expired items some time after that second, typically within two days; until then they can still
/// be read. It takes seconds only: a value in milliseconds would lie thousands of years ahead and never expire, so
/// dkmio refuses it.
///
/// # Examples
///
/// ```
/// use dkmio::Ttl;
/// use std::time::Duration;
///
/// let week = Ttl::from_now(Ttl::days(7) + Ttl::hours(12));
/// assert!(!week.is_expired());
/// assert_eq!(Ttl::from_epoch_seconds(1_767_225_600)?.epoch_seconds(), 1_767_225_600);
/// assert!(Ttl::from_epoch_seconds(1_767_225_600_000).is_err());
/// # Ok::<(), dkmio::InvalidTtl>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ttl(u64);

impl Ttl {
    /// Returns the time to live that ends after `duration` from now.
    ///
    /// A duration beyond the range of a time to live is cut to the longest one, in the year 5138.
    pub fn from_now(duration: Duration) -> Self {
        let end = clock::now().saturating_add(duration);
        Self(end.as_secs().min(MAX_SECONDS))
    }

    /// Returns the time to live that ends at this second since the Unix epoch.
    ///
    /// # Errors
    ///
    /// [`InvalidTtl`] when the value is beyond the year 5138, as epoch *milliseconds* are.
    pub fn from_epoch_seconds(seconds: u64) -> Result<Self, InvalidTtl> {
        if seconds > MAX_SECONDS {
            return Err(InvalidTtl(seconds));
        }
        Ok(Self(seconds))
    }

    /// Returns a duration of this many days.
    pub const fn days(days: u64) -> Duration {
        Duration::from_secs(days.saturating_mul(86_400))
    }

    /// Returns a duration of this many hours.
    pub const fn hours(hours: u64) -> Duration {
        Duration::from_secs(hours.saturating_mul(3_600))
    }

    /// Returns a duration of this many minutes.
    pub const fn minutes(minutes: u64) -> Duration {
        Duration::from_secs(minutes.saturating_mul(60))
    }

    /// Returns a duration of this many seconds.
    pub const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Returns the second since the Unix epoch.
    pub fn epoch_seconds(self) -> u64 {
        self.0
    }

    /// Returns whether that second has passed; the item may still be there.
    pub fn is_expired(self) -> bool {
        self.0 <= Self::from_now(Duration::ZERO).0
    }
}

impl TryFrom<SystemTime> for Ttl {
    type Error = InvalidTtl;

    fn try_from(time: SystemTime) -> Result<Self, InvalidTtl> {
        let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::from_epoch_seconds(since_epoch.as_secs())
    }
}

impl Serialize for Ttl {
    // Only reading makes a `Ttl` out of range (see below); it is never written.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The text becomes part of the request's error, which must not show values.
        Self::from_epoch_seconds(self.0).map_err(|_| {
            S::Error::custom(
                "not a time to live in epoch seconds; if it is in milliseconds, divide it by 1000",
            )
        })?;
        serializer.serialize_u64(self.0)
    }
}

impl<'de> Deserialize<'de> for Ttl {
    // Lenient, because a time that another program stored in milliseconds must not make the whole item unreadable.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(Self)
    }
}

/// Returns whether an item's time to live, in this attribute, has passed.
pub(crate) fn has_expired(item: &Item, attribute: &str) -> bool {
    // DynamoDB expires by numbers only, and leaves anything else alone.
    match item.get(attribute) {
        Some(AttributeValue::N(text)) => text
            .parse()
            .is_ok_and(|seconds: f64| seconds <= Ttl::from_now(Duration::ZERO).0 as f64),
        _ => false,
    }
}

/// A time to live that is no second since the Unix epoch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a time to live in epoch seconds; if it is in milliseconds, divide it by 1000")]
pub struct InvalidTtl(u64);

/// The type of a `#[ttl]` field: [`Ttl`] or `Option<Ttl>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a time to live",
    label = "expected `dkmio::Ttl` or `Option<dkmio::Ttl>`",
    note = "DynamoDB reads a time to live as a number of epoch seconds; `Ttl` cannot be confused with milliseconds"
)]
pub trait TtlAttribute {}
impl TtlAttribute for Ttl {}
impl TtlAttribute for Option<Ttl> {}
