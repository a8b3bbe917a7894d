//! The waits before a request is sent again that DynamoDB did in part.

use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The longest first wait; it doubles with each attempt.
const BASE: Duration = Duration::from_millis(50);
/// The longest wait of all.
const CAP: Duration = Duration::from_secs(5);

/// Waits with full jitter, within a budget of time. Made by the verbs for what a batch left unprocessed, and for conflicts of
/// transactions.
///
/// The SDK retries neither; what it retries is not retried with this.
#[derive(Clone)]
pub(crate) struct Backoff {
    attempt: u32,
    deadline: Instant,
}

impl Backoff {
    pub(crate) fn new(budget: Duration) -> Self {
        let now = Instant::now();
        Self {
            attempt: 0,
            // If the deadline is beyond the clock's range, a century is as good.
            deadline: now
                .checked_add(budget)
                .unwrap_or_else(|| now + Duration::from_secs(3_000_000_000)),
        }
    }

    /// Makes the next wait short again, because DynamoDB did a part.
    pub(crate) fn progress(&mut self) {
        self.attempt = 0;
    }

    /// Waits before the next attempt. Returns `false` if the budget is spent.
    pub(crate) async fn wait(&mut self) -> bool {
        let remaining = self.deadline.saturating_duration_since(Instant::now());
        if remaining.is_zero() {
            return false;
        }
        let longest = BASE
            .saturating_mul(2u32.saturating_pow(self.attempt))
            .min(CAP);
        self.attempt += 1;
        let wait = longest.mul_f64(fastrand::f64());
        sleep(wait.min(remaining)).await;
        true
    }
}
