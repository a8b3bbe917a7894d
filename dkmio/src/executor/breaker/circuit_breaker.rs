//! [`CircuitBreaker`]: the state machine behind a lock, and a glance at it without the lock.

use super::config::{CircuitBreakerConfig, CircuitState};
use super::machine::{Machine, Pass, Sample, Transition};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::Instant;

/// The circuit breaker of a connection: [`DynamoDb::circuit_breaker`](crate::DynamoDb::circuit_breaker).
///
/// When DynamoDB cannot be reached, waiting for each operation's timeout holds up everything behind it. So after
/// [`failure_threshold`](CircuitBreakerConfig::failure_threshold) operations in a row have failed, the circuit is *open*:
/// operations fail at once with [`Error::CircuitOpen`](crate::Error::CircuitOpen). After
/// [`recovery_timeout`](CircuitBreakerConfig::recovery_timeout) it is *half-open*: one operation is sent, and closes the
/// circuit if DynamoDB answers, or opens it again.
///
/// - It counts operations, after the SDK's retries. Throttling, 5xx, timeouts and broken connections are failures.
/// - Any other answer shows that DynamoDB is there, even a failed condition or a validation error: the count starts
///   again, and a half-open circuit closes.
/// - A hot key (`KeyRangeThroughputExceeded`) does not count, nor does an error that is found before sending.
/// - An operation that is dropped does not count; if it was the one that a half-open circuit sends, the next one is sent.
///
/// All clones of a connection share one, across tables. It is on unless
/// [`DynamoDbBuilder::circuit_breaker`](crate::DynamoDbBuilder::circuit_breaker) says otherwise. Each transition is a WARN
/// event of the target `dkmio`.
///
/// # Examples
///
/// ```
/// # use dkmio::{CircuitState, DynamoDb};
/// # fn run(db: DynamoDb) {
/// if db.circuit_breaker().state() == CircuitState::Open {
///     println!("DynamoDB is away");
/// }
/// db.circuit_breaker().reset(); // say that it is back
/// # }
/// ```
pub struct CircuitBreaker {
    /// A [`Glance`], so that a closed circuit costs one load instead of a lock.
    pub(super) glance: AtomicU64,
    /// `None` if the breaker is switched off.
    pub(super) machine: Option<Mutex<Machine>>,
    /// The connection's name, for events.
    pub(super) name: Option<String>,
}

/// The machine's era, and whether it is calm, counting or tripped; readable without the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Glance(pub(super) u64);

impl Glance {
    /// Closed, without failures in a row.
    pub(super) const CALM: u64 = 0;
    /// Closed, with failures in a row.
    const COUNTING: u64 = 1;
    /// Open or half-open.
    pub(super) const TRIPPED: u64 = 2;

    pub(super) fn of(machine: &Machine) -> Self {
        let kind = match machine.is_counting() {
            Some(false) => Self::CALM,
            Some(true) => Self::COUNTING,
            None => Self::TRIPPED,
        };
        Self(machine.era() << 2 | kind)
    }

    pub(super) fn kind(self) -> u64 {
        self.0 & 3
    }

    fn era(self) -> u64 {
        self.0 >> 2
    }
}

impl CircuitBreaker {
    pub(in crate::executor) fn new(
        config: Option<CircuitBreakerConfig>,
        name: Option<&str>,
    ) -> Self {
        Self {
            glance: AtomicU64::new(0),
            machine: config.map(|config| Mutex::new(Machine::new(config))),
            name: name.map(str::to_owned),
        }
    }

    /// Returns the state. A breaker that is switched off is always closed.
    pub fn state(&self) -> CircuitState {
        match self.locked() {
            Some(machine) => machine.state(Instant::now()),
            None => CircuitState::Closed,
        }
    }

    /// Closes the circuit and forgets all failures. Call it when you know that DynamoDB is back.
    pub fn reset(&self) {
        let Some(mut machine) = self.locked() else {
            return;
        };
        let transition = machine.reset();
        self.publish(machine);
        self.tell(transition);
    }

    /// Admits one operation, or returns how long none will be admitted.
    pub(in crate::executor) fn admit(&self) -> Result<Permit<'_>, Duration> {
        Ok(Permit {
            breaker: self,
            pass: self.admit_after(self.glance(), Instant::now)?,
            is_settled: false,
        })
    }

    /// Admits one operation after a glance. Between the two, other operations may have changed the machine.
    pub(super) fn admit_after(
        &self,
        glance: Glance,
        now: impl FnOnce() -> Instant,
    ) -> Result<Pass, Duration> {
        let Some(mut machine) = self.locked_if(glance.kind() == Glance::TRIPPED) else {
            return Ok(Pass {
                era: glance.era(),
                is_probe: false,
            });
        };
        let (pass, transition) = machine.admit(now());
        self.publish(machine);
        self.tell(transition);
        pass
    }

    /// Takes the outcome of an operation after a glance, and the lock only if the outcome can change the machine.
    pub(super) fn settle_after(
        &self,
        glance: Glance,
        pass: Pass,
        sample: Sample,
        now: impl FnOnce() -> Instant,
    ) {
        let is_wanted = match sample {
            Sample::Healthy => glance.kind() != Glance::CALM,
            Sample::Failure => true,
            Sample::Nothing => pass.is_probe,
        };
        if let Some(mut machine) = self.locked_if(is_wanted) {
            let transition = machine.settle(pass, sample, now());
            self.publish(machine);
            self.tell(transition);
        }
    }

    pub(super) fn glance(&self) -> Glance {
        Glance(self.glance.load(Ordering::Acquire))
    }

    fn locked(&self) -> Option<MutexGuard<'_, Machine>> {
        // Behind a poisoned lock the machine is whole, because nothing panics while the lock is held.
        let lock = self.machine.as_ref()?.lock();
        Some(lock.unwrap_or_else(|e| e.into_inner()))
    }

    fn locked_if(&self, wanted: bool) -> Option<MutexGuard<'_, Machine>> {
        if wanted { self.locked() } else { None }
    }

    /// Updates the glance, and unlocks the machine.
    fn publish(&self, machine: MutexGuard<'_, Machine>) {
        self.glance.store(Glance::of(&machine).0, Ordering::Release);
    }

    /// Writes the event of a transition. Called without the lock, because a subscriber may look at the state.
    fn tell(&self, transition: Option<Transition>) {
        if let Some(Transition { from, to }) = transition {
            tracing::warn!(
                target: "dkmio",
                client = self.name,
                %from,
                %to,
                "the circuit breaker is {to}"
            );
        }
    }
}

impl fmt::Debug for CircuitBreaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CircuitBreaker")
            .field("state", &self.state())
            .field("is_on", &self.machine.is_some())
            .finish()
    }
}

/// The permission to send one operation. Taken in `send.rs`.
///
/// A permit that is dropped does not count, and if it was the probe's, another operation may probe.
#[derive(Debug)]
pub(in crate::executor) struct Permit<'a> {
    breaker: &'a CircuitBreaker,
    pub(super) pass: Pass,
    /// `true` once the outcome is told.
    is_settled: bool,
}

impl Permit<'_> {
    /// Tells the breaker the outcome of the operation.
    pub(in crate::executor) fn settle(mut self, sample: Sample) {
        self.end(sample);
    }

    fn end(&mut self, sample: Sample) {
        self.is_settled = true;
        let glance = self.breaker.glance();
        self.breaker
            .settle_after(glance, self.pass, sample, Instant::now);
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if !self.is_settled {
            self.end(Sample::Nothing);
        }
    }
}
