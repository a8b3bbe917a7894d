use super::Fault;
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

/// Which fault comes next.
#[derive(Debug, Default)]
pub(super) struct Plan {
    script: VecDeque<Fault>,
    scripts: HashMap<&'static str, VecDeque<Fault>>,
    fixed: HashMap<&'static str, Fault>,
    random: Option<(fastrand::Rng, f64)>,
    pub(super) latency: Duration,
}

impl Plan {
    pub(super) fn script(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.script.extend(faults);
    }

    pub(super) fn script_for(
        &mut self,
        operation: &'static str,
        faults: impl IntoIterator<Item = Fault>,
    ) {
        self.scripts.entry(operation).or_default().extend(faults);
    }

    pub(super) fn on(&mut self, operation: &'static str, fault: Fault) {
        self.fixed.insert(operation, fault);
    }

    pub(super) fn seeded(&mut self, seed: u64, rate: f64) {
        self.random = Some((fastrand::Rng::with_seed(seed), rate));
    }

    /// Takes the fault of the next request.
    pub(super) fn next(&mut self, operation: &str) -> Fault {
        let scripted = self
            .scripts
            .get_mut(operation)
            .and_then(VecDeque::pop_front)
            .or_else(|| self.script.pop_front())
            .or_else(|| self.fixed.get(operation).copied());
        if let Some(fault) = scripted {
            return fault;
        }
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
