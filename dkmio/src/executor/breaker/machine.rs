//! The state machine of a circuit breaker: plain data without lock, clock or events, so that a test can explore it.

use super::config::{CircuitBreakerConfig, CircuitState};
use std::time::Duration;
use tokio::time::Instant;

/// What the outcome of an operation says about DynamoDB's health. Made in `sample.rs`, taken by [`Machine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::executor) enum Sample {
    /// DynamoDB did the operation or refused it.
    Healthy,
    /// DynamoDB throttled or failed, or no answer came.
    Failure,
    /// The operation was not sent, or only its key is too busy.
    Nothing,
}

/// The machine's permission to send one operation. Made by [`Machine::admit`], kept by the permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pass {
    /// The machine's era at that time.
    pub(super) era: u64,
    /// `true` if the operation tries whether DynamoDB is back.
    pub(super) is_probe: bool,
}

/// A change of state. Made by [`Machine`], told by [`CircuitBreaker`](super::CircuitBreaker).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Transition {
    pub(super) from: CircuitState,
    pub(super) to: CircuitState,
}

/// The state machine. Kept by [`CircuitBreaker`](super::CircuitBreaker).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Machine {
    config: CircuitBreakerConfig,
    state: State,
    /// The number of transitions so far. An outcome of another era does not count as a failure of this one.
    era: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum State {
    Closed { failures: u32 },
    Open { since: Instant },
    HalfOpen { is_probing: bool },
}

impl State {
    fn name(self) -> CircuitState {
        match self {
            Self::Closed { .. } => CircuitState::Closed,
            Self::Open { .. } => CircuitState::Open,
            Self::HalfOpen { .. } => CircuitState::HalfOpen,
        }
    }
}

impl Machine {
    pub(super) fn new(config: CircuitBreakerConfig) -> Self {
        Self {
            config,
            state: State::Closed { failures: 0 },
            era: 0,
        }
    }

    pub(super) fn era(&self) -> u64 {
        self.era
    }

    /// Returns `true` if there are failures in a row, and `None` if the circuit is not closed.
    pub(super) fn is_counting(&self) -> Option<bool> {
        match self.state {
            State::Closed { failures } => Some(failures > 0),
            State::Open { .. } | State::HalfOpen { .. } => None,
        }
    }

    /// Returns the state. An open circuit whose time is over counts as half-open, even before an operation probes it.
    pub(super) fn state(&self, now: Instant) -> CircuitState {
        match self.state {
            State::Open { since } if self.time_left(since, now).is_zero() => CircuitState::HalfOpen,
            state => state.name(),
        }
    }

    /// Admits an operation, or returns how long none will be admitted.
    pub(super) fn admit(&mut self, now: Instant) -> (Result<Pass, Duration>, Option<Transition>) {
        let transition = match self.state {
            State::Closed { .. } => return (Ok(self.pass(false)), None),
            State::HalfOpen { is_probing: true } => return (Err(Duration::ZERO), None),
            State::HalfOpen { is_probing: false } => {
                self.state = State::HalfOpen { is_probing: true };
                None
            }
            State::Open { since } => {
                let left = self.time_left(since, now);
                if !left.is_zero() {
                    return (Err(left), None);
                }
                self.turn(State::HalfOpen { is_probing: true })
            }
        };
        (Ok(self.pass(true)), transition)
    }

    /// Takes the outcome of an admitted operation.
    pub(super) fn settle(
        &mut self,
        pass: Pass,
        sample: Sample,
        now: Instant,
    ) -> Option<Transition> {
        let is_current = pass.era == self.era;
        match (self.state, sample) {
            (State::Closed { failures }, Sample::Failure) if is_current => {
                let failures = failures + 1;
                if failures >= self.config.failure_threshold.max(1) {
                    return self.turn(State::Open { since: now });
                }
                self.state = State::Closed { failures };
                None
            }
            (State::Closed { .. }, Sample::Healthy) => {
                self.state = State::Closed { failures: 0 };
                None
            }
            // An answer shows that DynamoDB is back, even if another operation is the probe.
            (_, Sample::Healthy) if self.state(now) == CircuitState::HalfOpen => {
                self.turn(State::Closed { failures: 0 })
            }
            (State::HalfOpen { .. }, Sample::Failure) if is_current && pass.is_probe => {
                self.turn(State::Open { since: now })
            }
            (State::HalfOpen { .. }, Sample::Nothing) if is_current && pass.is_probe => {
                self.state = State::HalfOpen { is_probing: false };
                None
            }
            _ => None,
        }
    }

    pub(super) fn reset(&mut self) -> Option<Transition> {
        match self.state {
            State::Closed { .. } => {
                self.state = State::Closed { failures: 0 };
                None
            }
            State::Open { .. } | State::HalfOpen { .. } => self.turn(State::Closed { failures: 0 }),
        }
    }

    fn pass(&self, is_probe: bool) -> Pass {
        Pass {
            era: self.era,
            is_probe,
        }
    }

    fn time_left(&self, since: Instant, now: Instant) -> Duration {
        let passed = now.saturating_duration_since(since);
        self.config.recovery_timeout.saturating_sub(passed)
    }

    fn turn(&mut self, to: State) -> Option<Transition> {
        let from = self.state.name();
        self.state = to;
        self.era += 1;
        Some(Transition {
            from,
            to: to.name(),
        })
    }
}
