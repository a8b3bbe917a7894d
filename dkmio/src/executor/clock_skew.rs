//! Whether DynamoDB's clock and this machine's differ so much that the SDK must date the requests.
//!
//! The SDK measures the difference and signs for DynamoDB's clock, but does not say what it measured. So dkmio signs with
//! this machine's clock, and leaves that to the SDK while the two differ.

use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

/// DynamoDB refuses a signature that is more than five minutes off.
const ACCEPTED: Duration = Duration::from_secs(60);

/// The difference of the clocks, as the last answer had it. Told by the interceptor, asked by the signer.
#[derive(Debug, Default)]
pub(super) struct ClockSkew {
    is_large: AtomicBool,
    /// The date that was read last, because the answers of a second have the same, and this machine's second then.
    last: Mutex<(String, u64)>,
}

impl ClockSkew {
    /// Returns `true` if the last answer's date was more than a minute off.
    pub(super) fn is_large(&self) -> bool {
        self.is_large.load(Ordering::Relaxed)
    }

    /// Reads the date of an answer that came at this time. An answer without a date changes nothing.
    pub(super) fn note(&self, answer: &Headers, now: SystemTime) {
        let Some(date) = answer.get("date") else {
            return;
        };
        let second = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        // Behind a poisoned lock may be another date than its second: then the date is read once more.
        let mut last = self.last.lock().unwrap_or_else(|e| e.into_inner());
        if last.1 == second && last.0 == date {
            return;
        }
        last.0.clear();
        last.0.push_str(date);
        last.1 = second;
        if let Ok(date) = DateTime::from_str(date, Format::HttpDate)
            && let Ok(date) = SystemTime::try_from(date)
        {
            let difference = date.duration_since(now).unwrap_or_else(|e| e.duration());
            self.is_large
                .store(difference > ACCEPTED, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(skew: &ClockSkew, date: &'static str, now: u64) -> bool {
        let mut headers = Headers::new();
        headers.insert("date", date);
        skew.note(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(now));
        skew.is_large()
    }

    #[test]
    fn a_minute_is_accepted_in_both_directions() {
        let skew = ClockSkew::default();
        for (date, now, is_large) in [
            ("Thu, 01 Jan 1970 00:10:00 GMT", 540, false),
            ("Thu, 01 Jan 1970 00:10:00 GMT", 539, true),
            ("Thu, 01 Jan 1970 00:10:00 GMT", 660, false),
            ("Thu, 01 Jan 1970 00:10:00 GMT", 661, true),
            ("not a date", 661, true),
            ("Thu, 01 Jan 1970 00:11:00 GMT", 661, false),
        ] {
            assert_eq!(noted(&skew, date, now), is_large, "{date} at {now}");
        }
    }
}
