//! The states of a circuit breaker, as plain data: no lock, no clock, no events.

use super::{CircuitBreakerConfig, CircuitState};
use std::time::Duration;
use tokio::time::Instant;

/// What an operation says of DynamoDB's health.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::executor) enum Sample {
    /// DynamoDB answered, if only with a refusal.
    Healthy,
    /// Throttling, a failure of the server, a timeout, a broken connection.
    Failure,
    /// Nothing: it did not get that far, or one key is too busy.
    Nothing,
}

/// That one operation may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Pass {
    /// Which of the breaker's states it was given in, counted.
    pub(super) era: u64,
    pub(super) is_probe: bool,
}

/// A change of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Transition {
    pub(super) from: CircuitState,
    pub(super) to: CircuitState,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Machine {
    config: CircuitBreakerConfig,
    state: State,
    /// Counts the states, so that a late outcome does not count in another state than that it began in.
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

    /// Whether there are failures in a row to be forgotten; `None` when the circuit is not closed.
    pub(super) fn is_counting(&self) -> Option<bool> {
        match self.state {
            State::Closed { failures } => Some(failures > 0),
            State::Open { .. } | State::HalfOpen { .. } => None,
        }
    }

    /// Returns the state; an open circuit whose time is over is half-open, though nobody has come to try.
    pub(super) fn state(&self, now: Instant) -> CircuitState {
        match self.state {
            State::Open { since } if self.time_left(since, now).is_zero() => CircuitState::HalfOpen,
            state => state.name(),
        }
    }

    /// Lets an operation pass, or says how long none will.
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

    /// Takes the outcome of an operation that had passed.
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
            // Whoever had it: the answer came now.
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
