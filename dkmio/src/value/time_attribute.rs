//! Times that dkmio sets: when an item was made, and when it was changed.

use super::{KeyAttribute, KeyKind, clock};
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The type of a `#[created_at]` or `#[updated_at]` field, or what is in its `Option`.
///
/// These are [`EpochSeconds`], `chrono::DateTime<Utc>` (feature `chrono`), `jiff::Timestamp` (feature `jiff`), and
/// [`Sortable`](crate::Sortable) of the two.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no time that dkmio can set",
    label = "expected a moment in time",
    note = "these are `dkmio::EpochSeconds`, `chrono::DateTime<Utc>` with the feature `chrono`, `jiff::Timestamp` with the feature `jiff`, `Sortable` of the two, and an `Option` of each"
)]
pub trait TimeAttribute: Sized {
    /// Returns the moment this long after the Unix epoch; for an `Option`, it is there.
    #[doc(hidden)]
    fn at(since_epoch: Duration) -> Self;
}

impl<T: TimeAttribute> TimeAttribute for Option<T> {
    fn at(since_epoch: Duration) -> Self {
        Some(T::at(since_epoch))
    }
}

/// A moment in whole seconds since the Unix epoch, stored as a number (`N`): a time without a date library.
///
/// # Examples
///
/// ```
/// use dkmio::EpochSeconds;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let at = EpochSeconds::new(1_767_225_600);
/// assert_eq!(at.to_system_time(), Some(UNIX_EPOCH + Duration::from_secs(1_767_225_600)));
/// assert!(at < EpochSeconds::now());
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct EpochSeconds(u64);

impl EpochSeconds {
    /// Returns the moment this many seconds after the Unix epoch.
    pub const fn new(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Returns the present moment.
    pub fn now() -> Self {
        Self::at(clock::now())
    }

    /// Returns the seconds since the Unix epoch.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns the moment as the standard library's type; `None` for one beyond its range.
    pub fn to_system_time(self) -> Option<SystemTime> {
        UNIX_EPOCH.checked_add(Duration::from_secs(self.0))
    }
}

impl TimeAttribute for EpochSeconds {
    fn at(since_epoch: Duration) -> Self {
        Self(since_epoch.as_secs())
    }
}

#[diagnostic::do_not_recommend]
impl KeyAttribute for EpochSeconds {
    const KIND: KeyKind = KeyKind::N;
}
