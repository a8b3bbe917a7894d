//! A short time in which all requests go by the SDK, because one has failed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// While something fails, a direct attempt saves nothing: the SDK has to send the request once more anyway.
const LENGTH: Duration = Duration::from_secs(2);

/// The pause of one client.
#[derive(Debug, Default)]
pub(super) struct Pause {
    /// Milliseconds since 1970.
    until: AtomicU64,
}

impl Pause {
    pub(super) fn begin(&self, now: SystemTime) {
        self.until.store(millis(now + LENGTH), Ordering::Relaxed);
    }

    pub(super) fn is_on(&self, now: SystemTime) -> bool {
        let until = self.until.load(Ordering::Relaxed);
        // Most often there was none, or a clock that was set back must not make it long.
        until != 0
            && (until.saturating_sub(LENGTH.as_millis() as u64)..until).contains(&millis(now))
    }
}

fn millis(time: SystemTime) -> u64 {
    let since = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_ends_and_a_clock_set_back_ends_it_too() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let pause = Pause::default();
        assert!(!pause.is_on(at(100)));
        pause.begin(at(100));
        assert!(pause.is_on(at(100)));
        assert!(pause.is_on(at(101)));
        assert!(!pause.is_on(at(102)));
        assert!(!pause.is_on(at(99)));
    }
}
