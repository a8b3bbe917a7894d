//! Compares the breaker with the plain model in every interleaving of a few callers, outcomes, drops, resets and ticks.

use super::circuit_breaker::{CircuitBreaker, Glance};
use super::config::{CircuitBreakerConfig, CircuitState};
use super::machine::{Machine, Pass, Sample};
use super::model::{Model, RECOVERY, THRESHOLD};
use std::collections::{BTreeMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio::time::Instant;

const CALLERS: usize = 3;
const CALLS: u32 = 5;
const TICKS: u32 = 4;
const RESETS: u32 = 1;
const TICK: Duration = Duration::from_secs(1);
const SAMPLES: [Sample; 3] = [Sample::Healthy, Sample::Failure, Sample::Nothing];

/// How far a caller is. Between any two of these steps, other callers may run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Caller {
    Idle,
    /// It has glanced, and is not admitted yet.
    Coming(Glance),
    /// Its operation is sent.
    UnderWay(Pass),
    /// It has an outcome and has glanced, but has not told the breaker. The flag is `true` if the model knows the outcome.
    Telling(Pass, Sample, Glance, bool),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    machine: Machine,
    model: Model,
    callers: [Caller; CALLERS],
    calls: u32,
    ticks: u32,
    resets: u32,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Come(usize),
    Pass(usize),
    Outcome(usize, Sample),
    Tell(usize),
    Tick,
    Reset,
}

impl World {
    fn new() -> Self {
        let config = CircuitBreakerConfig {
            failure_threshold: THRESHOLD,
            recovery_timeout: TICK * RECOVERY,
        };
        Self {
            machine: Machine::new(config),
            model: Model::new(),
            callers: std::array::from_fn(|_| Caller::Idle),
            calls: 0,
            ticks: 0,
            resets: 0,
        }
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (at, caller) in self.callers.iter().enumerate() {
            match caller {
                Caller::Idle if self.calls < CALLS => steps.push(Step::Come(at)),
                Caller::Idle => {}
                Caller::Coming(_) => steps.push(Step::Pass(at)),
                Caller::UnderWay(_) => steps.extend(SAMPLES.map(|s| Step::Outcome(at, s))),
                Caller::Telling(..) => steps.push(Step::Tell(at)),
            }
        }
        if self.ticks < TICKS {
            steps.push(Step::Tick);
        }
        if self.resets < RESETS {
            steps.push(Step::Reset);
        }
        steps
    }

    /// Makes a breaker in this state.
    fn breaker(&self) -> CircuitBreaker {
        CircuitBreaker {
            glance: AtomicU64::new(Glance::of(&self.machine).0),
            machine: Some(Mutex::new(self.machine.clone())),
            name: None,
        }
    }

    fn take(&mut self, step: Step, start: Instant) {
        let now = start + TICK * self.ticks;
        let breaker = self.breaker();
        match step {
            Step::Tick => {
                self.ticks += 1;
                self.model.tick();
            }
            Step::Reset => {
                self.resets += 1;
                breaker.reset();
                self.model.reset();
            }
            Step::Come(at) => {
                self.calls += 1;
                let glance = breaker.glance();
                if glance.kind() != Glance::TRIPPED {
                    // It is admitted by the glance alone, whatever happens before it goes on.
                    assert_eq!(self.model.admit(at), Ok(()));
                }
                self.callers[at] = Caller::Coming(glance);
            }
            Step::Pass(at) => {
                let Caller::Coming(glance) = self.callers[at] else {
                    unreachable!("only one who comes is let pass");
                };
                let passed = breaker.admit_after(glance, || now);
                if glance.kind() == Glance::TRIPPED {
                    let expected = self.model.admit(at);
                    let left = passed.map_err(|left| left.div_duration_f64(TICK) as u32);
                    assert_eq!(left.map(drop), expected, "{self:?}");
                }
                self.callers[at] = passed.map_or(Caller::Idle, Caller::UnderWay);
            }
            Step::Outcome(at, sample) => {
                let Caller::UnderWay(pass) = self.callers[at] else {
                    unreachable!("only who is under way has an outcome");
                };
                let glance = breaker.glance();
                let is_told = sample == Sample::Healthy && glance.kind() == Glance::CALM;
                if is_told {
                    self.model.settle(at, sample);
                }
                self.callers[at] = Caller::Telling(pass, sample, glance, is_told);
            }
            Step::Tell(at) => {
                let Caller::Telling(pass, sample, glance, is_told) = self.callers[at] else {
                    unreachable!("only who has an outcome tells it");
                };
                breaker.settle_after(glance, pass, sample, || now);
                if !is_told {
                    self.model.settle(at, sample);
                }
                self.callers[at] = Caller::Idle;
            }
        }
        let Some(machine) = breaker.machine else {
            unreachable!("it is on");
        };
        self.machine = machine.into_inner().unwrap_or_else(|e| e.into_inner());
        assert_eq!(
            breaker.glance.into_inner(),
            Glance::of(&self.machine).0,
            "{step:?} is not published"
        );
    }

    /// Asserts what must hold in every state.
    fn check(&self, start: Instant) {
        let now = start + TICK * self.ticks;
        assert_eq!(self.machine.state(now), self.model.state(), "{self:?}");
        let current = |pass: &Pass| pass.is_probe && pass.era == self.machine.era();
        let probes = self.callers.iter().filter(|caller| {
            matches!(caller, Caller::UnderWay(pass) | Caller::Telling(pass, ..) if current(pass))
        });
        assert!(probes.count() <= 1, "two probes: {self:?}");
        // Never stuck: once all operations are dropped, there is a time at which another is admitted, and can close it.
        let mut machine = self.machine.clone();
        for caller in &self.callers {
            if let Caller::UnderWay(pass) | Caller::Telling(pass, ..) = caller {
                machine.settle(*pass, Sample::Nothing, now);
            }
        }
        let later = now + TICK * RECOVERY;
        let (pass, _) = machine.admit(later);
        let pass = pass.unwrap_or_else(|_| unreachable!("nobody can try: {self:?}"));
        machine.settle(pass, Sample::Healthy, later);
        assert_eq!(machine.state(later), CircuitState::Closed, "{self:?}");
    }
}

#[test]
fn every_interleaving_does_what_the_model_does() {
    let start = Instant::now();
    let mut seen = HashSet::new();
    let mut next = vec![World::new()];
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(world) = next.pop() {
        for step in world.steps() {
            let mut after = world.clone();
            after.take(step, start);
            if seen.insert(after.clone()) {
                after.check(start);
                *states.entry(after.model.state().to_string()).or_default() += 1;
                next.push(after);
            }
        }
    }
    // The exploration came to all three states, and often.
    assert_eq!(states.len(), 3, "{states:?}");
    assert!(states.values().all(|n| *n > 10_000), "{states:?}");
}
