//! The circuit breaker: after failures in a row, operations fail at once for a while.

#[cfg(test)]
mod explored;
mod machine;
#[cfg(test)]
mod model;
mod sample;
#[cfg(test)]
mod threads;

pub(super) use self::machine::Sample;
use self::machine::{Machine, Pass, Transition};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;
use tokio::time::Instant;

/// When a [circuit breaker](CircuitBreaker) opens, and for how long.
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

/// What a [circuit breaker](CircuitBreaker) does with operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CircuitState {
    /// They are sent: all is well, or has not failed often enough in a row.
    Closed,
    /// They fail with [`Error::CircuitOpen`](crate::Error::CircuitOpen), without a request.
    Open,
    /// One is sent, to see whether DynamoDB is back; the others fail as with an open circuit.
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

/// The circuit breaker of a connection: [`DynamoDb::circuit_breaker`](crate::DynamoDb::circuit_breaker).
///
/// When DynamoDB cannot be reached, waiting for each operation's timeout holds up everything behind it. So after
/// [`failure_threshold`](CircuitBreakerConfig::failure_threshold) operations in a row have failed, the circuit is *open*:
/// operations fail at once with [`Error::CircuitOpen`](crate::Error::CircuitOpen). After
/// [`recovery_timeout`](CircuitBreakerConfig::recovery_timeout) it is *half-open*: one operation is sent, and closes the
/// circuit if DynamoDB answers, or opens it again.
///
/// - It counts operations, after the SDK's retries. Throttling, 5xx, timeouts and broken connections are failures.
/// - Any other answer of DynamoDB shows that it is there, a failed condition or a validation error too: the count starts
///   again, and a half-open circuit closes.
/// - A hot key (`KeyRangeThroughputExceeded`) is neither, and so is an error that is found before anything is sent.
/// - An operation that is dropped counts for nothing; if it was to try a half-open circuit, the next one does.
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
    /// The era of the machine and the kind of its state, so that a closed circuit costs one load.
    glance: AtomicU64,
    /// `None` is off.
    machine: Option<Mutex<Machine>>,
    /// The connection's name, for events.
    name: Option<String>,
}

/// What can be seen of the machine without its lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Glance(u64);

impl Glance {
    /// Closed, and no failure to be forgotten.
    const CALM: u64 = 0;
    const COUNTING: u64 = 1;
    /// Open or half-open.
    const TRIPPED: u64 = 2;

    fn of(machine: &Machine) -> Self {
        let kind = match machine.is_counting() {
            Some(false) => Self::CALM,
            Some(true) => Self::COUNTING,
            None => Self::TRIPPED,
        };
        Self(machine.era() << 2 | kind)
    }

    fn kind(self) -> u64 {
        self.0 & 3
    }

    fn era(self) -> u64 {
        self.0 >> 2
    }
}

impl CircuitBreaker {
    pub(super) fn new(config: Option<CircuitBreakerConfig>, name: Option<&str>) -> Self {
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

    /// Closes the circuit and forgets all failures: for when you know that DynamoDB is back.
    pub fn reset(&self) {
        let Some(mut machine) = self.locked() else {
            return;
        };
        let transition = machine.reset();
        self.publish(machine);
        self.tell(transition);
    }

    /// Lets one operation pass, or says how long none will.
    pub(super) fn admit(&self) -> Result<Permit<'_>, Duration> {
        Ok(Permit {
            breaker: self,
            pass: self.admit_after(self.glance(), Instant::now)?,
            is_settled: false,
        })
    }

    fn admit_after(&self, glance: Glance, now: impl FnOnce() -> Instant) -> Result<Pass, Duration> {
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

    fn settle_after(
        &self,
        glance: Glance,
        pass: Pass,
        sample: Sample,
        now: impl FnOnce() -> Instant,
    ) {
        let says_something = match sample {
            Sample::Healthy => glance.kind() != Glance::CALM,
            Sample::Failure => true,
            Sample::Nothing => pass.is_probe,
        };
        if let Some(mut machine) = self.locked_if(says_something) {
            let transition = machine.settle(pass, sample, now());
            self.publish(machine);
            self.tell(transition);
        }
    }

    fn glance(&self) -> Glance {
        Glance(self.glance.load(Ordering::Acquire))
    }

    fn locked(&self) -> Option<MutexGuard<'_, Machine>> {
        // Nothing panics while it is held; a poisoned lock still holds a whole machine.
        let lock = self.machine.as_ref()?.lock();
        Some(lock.unwrap_or_else(|e| e.into_inner()))
    }

    fn locked_if(&self, wanted: bool) -> Option<MutexGuard<'_, Machine>> {
        if wanted { self.locked() } else { None }
    }

    /// Shows the machine to those who only glance, and unlocks it.
    fn publish(&self, machine: MutexGuard<'_, Machine>) {
        self.glance.store(Glance::of(&machine).0, Ordering::Release);
    }

    /// Not under the lock: a subscriber may look at the state.
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

/// That an operation may be sent. Dropped without an outcome, it says nothing, and is given back if it was the probe.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    breaker: &'a CircuitBreaker,
    pass: Pass,
    is_settled: bool,
}

impl Permit<'_> {
    /// Says what became of the operation.
    pub(super) fn settle(mut self, sample: Sample) {
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
