//! A clock that stands still.

use crate::value::clock;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Lets time stand still on this thread, for what dkmio takes the time from: [`Ttl::from_now`](crate::Ttl::from_now),
/// [`Ttl::is_expired`](crate::Ttl::is_expired) and `exclude_expired()` of reads. Ends when the returned value is dropped.
///
/// The tests of `#[dkmio::test]` run on one thread, their tasks too. The pauses of tokio's time are another thing: this is
/// the time of day.
///
/// # Examples
///
/// ```
/// use dkmio::Ttl;
/// use dkmio::testing::freeze_time;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// let time = freeze_time(UNIX_EPOCH + Duration::from_secs(1_767_225_600));
/// let hour = Ttl::from_now(Ttl::hours(1));
/// assert_eq!(hour.epoch_seconds(), 1_767_229_200);
/// time.advance(Ttl::hours(2));
/// assert!(hour.is_expired());
/// ```
#[must_use = "time goes on when this is dropped"]
pub fn freeze_time(at: SystemTime) -> FrozenTime {
    let at = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    FrozenTime {
        before: clock::freeze(Some(at)),
        of_this_thread: PhantomData,
    }
}

/// Time that stands still; made by [`freeze_time`].
#[derive(Debug)]
pub struct FrozenTime {
    before: Option<Duration>,
    /// It is not `Send`.
    of_this_thread: PhantomData<*const ()>,
}

impl FrozenTime {
    /// Moves time on.
    pub fn advance(&self, duration: Duration) {
        clock::freeze(Some(clock::now().saturating_add(duration)));
    }
}

impl Drop for FrozenTime {
    fn drop(&mut self) {
        clock::freeze(self.before);
    }
}
