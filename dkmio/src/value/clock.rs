//! The time of day, in one place, so that a test can let it stand still.

#[cfg(feature = "testing")]
use std::cell::Cell;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[cfg(feature = "testing")]
thread_local! {
    static FROZEN: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// Returns the time since the Unix epoch.
pub(crate) fn now() -> Duration {
    #[cfg(feature = "testing")]
    if let Some(frozen) = FROZEN.get() {
        return frozen;
    }
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// Lets time stand still on this thread, or go on with `None`. Returns where it stood still before.
#[cfg(feature = "testing")]
pub(crate) fn freeze(at: Option<Duration>) -> Option<Duration> {
    FROZEN.replace(at)
}
