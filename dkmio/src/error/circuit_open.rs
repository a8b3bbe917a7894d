//! The error of an operation that the circuit breaker did not let pass.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// An operation that was not sent, because too many before it had failed in a row: see
/// [`CircuitBreaker`](crate::CircuitBreaker).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CircuitOpen {
    operation: &'static str,
    table: Box<str>,
    retry_after: Duration,
}

impl CircuitOpen {
    pub(crate) fn new(operation: &'static str, table: &str, retry_after: Duration) -> Self {
        Self {
            operation,
            table: table.into(),
            retry_after,
        }
    }

    /// Returns the DynamoDB operation, such as `GetItem`.
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Returns the table's name.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Returns how long the circuit stays open; zero while another operation tries whether DynamoDB is back.
    pub fn retry_after(&self) -> Duration {
        self.retry_after
    }
}

impl fmt::Display for CircuitOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} on `{}` was not sent: the circuit is open, after failures in a row; ",
            self.operation, self.table
        )?;
        if self.retry_after.is_zero() {
            f.write_str("another operation tries now whether DynamoDB is back")
        } else {
            // Whole milliseconds read better than nine digits.
            let left = u64::try_from(self.retry_after.as_millis()).unwrap_or(u64::MAX);
            write!(f, "try again in {:?}", Duration::from_millis(left))
        }
    }
}

impl StdError for CircuitOpen {}
