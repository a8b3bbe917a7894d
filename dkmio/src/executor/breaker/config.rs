//! The settings and the states of a circuit breaker, as users see them.

use std::fmt;
use std::time::Duration;

/// When a [circuit breaker](crate::CircuitBreaker) opens, and for how long.
///
/// # Examples
///
/// ```
/// use dkmio::{CircuitBreakerConfig, DynamoDb};
/// use std::time::Duration;
///
/// let patient = DynamoDb::builder()
///     .circuit_breaker(Some(CircuitBreakerConfig {
///         failure_threshold: 20,
///         recovery_timeout: Duration::from_secs(5),
///     }))
///     .build();
/// let without = DynamoDb::builder().circuit_breaker(None).build();
/// # let _ = (patient, without);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CircuitBreakerConfig {
    /// How many operations in a row must fail; 5 unless set, and 0 counts as 1.
    pub failure_threshold: u32,
    /// How long the circuit stays open before one operation tries again; 30 seconds unless set.
    pub recovery_timeout: Duration,
}

impl Default for CircuitBreakerConfig {
    fn default() -> Self {
        Self {
            failure_threshold: 5,
            recovery_timeout: Duration::from_secs(30),
        }
    }
}

/// What a [circuit breaker](crate::CircuitBreaker) does with operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CircuitState {
    /// Operations are sent: too few have failed in a row.
    Closed,
    /// Operations fail with [`Error::CircuitOpen`](crate::Error::CircuitOpen), without a request.
    Open,
    /// One operation is sent, to see whether DynamoDB is back; the others fail as with an open circuit.
    HalfOpen,
}

impl fmt::Display for CircuitState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half-open",
        })
    }
}
