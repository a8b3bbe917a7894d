//! The circuit breaker: after failures in a row, operations fail at once for a while.

mod circuit_breaker;
mod config;
#[cfg(test)]
mod explored;
mod machine;
#[cfg(test)]
mod model;
mod sample;
#[cfg(test)]
mod threads;

pub use self::circuit_breaker::CircuitBreaker;
pub(super) use self::circuit_breaker::Permit;
pub use self::config::{CircuitBreakerConfig, CircuitState};
pub(super) use self::machine::Sample;
