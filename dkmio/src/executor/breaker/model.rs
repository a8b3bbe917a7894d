//! What the breaker must do, in plain steps: a model without eras, locks or clocks, for `explored.rs` to compare with.

use super::config::CircuitState;
use super::machine::Sample;

/// How many failures in a row open the circuit.
pub(super) const THRESHOLD: u32 = 2;
/// How many ticks an open circuit waits.
pub(super) const RECOVERY: u32 = 2;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Model {
    is_open: bool,
    ticks_left: u32,
    failures: u32,
    /// The caller that probes the half-open circuit.
    probe: Option<usize>,
    /// The callers whose failure counts, because they were admitted since the last transition.
    counting: Vec<usize>,
}

impl Model {
    pub(super) fn new() -> Self {
        Self {
            is_open: false,
            ticks_left: 0,
            failures: 0,
            probe: None,
            counting: Vec::new(),
        }
    }

    pub(super) fn tick(&mut self) {
        self.ticks_left = self.ticks_left.saturating_sub(1);
    }

    pub(super) fn state(&self) -> CircuitState {
        match (self.is_open, self.ticks_left) {
            (false, _) => CircuitState::Closed,
            (true, 0) => CircuitState::HalfOpen,
            (true, _) => CircuitState::Open,
        }
    }

    /// Admits a caller, or returns how many ticks nobody will be admitted.
    pub(super) fn admit(&mut self, caller: usize) -> Result<(), u32> {
        if self.is_open {
            if self.ticks_left > 0 || self.probe.is_some() {
                return Err(self.ticks_left);
            }
            self.probe = Some(caller);
            return Ok(());
        }
        self.counting.push(caller);
        Ok(())
    }

    pub(super) fn settle(&mut self, caller: usize, sample: Sample) {
        let counts = self.counting.contains(&caller);
        self.counting.retain(|other| *other != caller);
        let was_probe = self.probe == Some(caller);
        if was_probe {
            self.probe = None;
        }
        match sample {
            Sample::Nothing => {}
            Sample::Healthy if self.state() == CircuitState::Open => {}
            Sample::Healthy => self.close(),
            Sample::Failure if was_probe => self.open(),
            Sample::Failure if counts => {
                self.failures += 1;
                if self.failures == THRESHOLD {
                    self.open();
                }
            }
            Sample::Failure => {}
        }
    }

    pub(super) fn reset(&mut self) {
        self.close();
    }

    fn close(&mut self) {
        if self.is_open {
            self.turn();
        }
        self.is_open = false;
        self.failures = 0;
    }

    fn open(&mut self) {
        self.turn();
        self.is_open = true;
        self.ticks_left = RECOVERY;
    }

    /// Begins another state, in which earlier callers do not count.
    fn turn(&mut self) {
        self.counting.clear();
        self.failures = 0;
        self.ticks_left = 0;
        self.probe = None;
    }
}
