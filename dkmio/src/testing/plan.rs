//! Which fault the next request meets.

use super::fault::{Fault, Injection};
use std::collections::VecDeque;
use std::time::Duration;

/// The faults to come.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// For a number of requests, in the order injected.
    limited: VecDeque<Injection>,
    /// For all requests; the last that fits counts.
    unlimited: Vec<Injection>,
    random: Option<(fastrand::Rng, f64)>,
    /// How long each answer takes.
    pub(super) latency: Duration,
}

impl Plan {
    pub(super) fn inject(&mut self, injection: Injection) {
        if injection.times.is_some() {
            self.limited.push_back(injection);
        } else {
            self.unlimited.push(injection);
        }
    }

    pub(super) fn random(&mut self, seed: u64, rate: f64) {
        self.random = Some((fastrand::Rng::with_seed(seed), rate));
    }

    /// Takes the fault of the next request.
    pub(super) fn next(&mut self, operation: &str, tables: &[String]) -> Fault {
        self.take_limited(operation, tables)
            .or_else(|| self.unlimited(operation, tables))
            .unwrap_or_else(|| self.take_random(operation))
    }

    fn take_limited(&mut self, operation: &str, tables: &[String]) -> Option<Fault> {
        let index = self.limited.iter_mut().position(|injection| {
            let is_for = injection.is_for(operation, tables);
            is_for && !skipped(&mut injection.after)
        })?;
        let injection = self.limited.get_mut(index)?;
        let fault = injection.fault;
        let left = injection.times.unwrap_or_default().saturating_sub(1);
        injection.times = Some(left);
        if left == 0 {
            self.limited.remove(index);
        }
        Some(fault)
    }

    fn unlimited(&mut self, operation: &str, tables: &[String]) -> Option<Fault> {
        let index = self.unlimited.iter_mut().rposition(|injection| {
            let is_for = injection.is_for(operation, tables);
            is_for && !skipped(&mut injection.after)
        })?;
        Some(self.unlimited.get(index)?.fault)
    }

    fn take_random(&mut self, operation: &str) -> Fault {
        let Some((rng, rate)) = &mut self.random else {
            return Fault::None;
        };
        if rng.f64() < *rate {
            Fault::random(operation, rng)
        } else {
            Fault::None
        }
    }
}

/// Whether a request goes by, because some are to go by first.
fn skipped(after: &mut usize) -> bool {
    let is_skipped = *after > 0;
    *after = after.saturating_sub(1);
    is_skipped
}
