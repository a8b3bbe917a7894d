//! The breaker on real threads: shows that what `explored.rs` takes for one step is one.

use super::circuit_breaker::CircuitBreaker;
use super::config::{CircuitBreakerConfig, CircuitState};
use super::machine::Sample;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::time::{Duration, Instant};

const THREADS: u64 = 8;
/// How many calls must be admitted.
const CALLS: usize = 50_000;
/// They are admitted in a fraction of a second. Only a stuck circuit takes this long.
const TIME: Duration = Duration::from_secs(60);

#[test]
fn there_is_one_probe_at_a_time_and_no_way_to_be_stuck() {
    let breaker = CircuitBreaker::new(
        Some(CircuitBreakerConfig {
            failure_threshold: 2,
            recovery_timeout: Duration::ZERO,
        }),
        None,
    );
    let probes = Mutex::new(HashSet::new());
    let barrier = Barrier::new(THREADS as usize);
    let passed = AtomicUsize::new(0);
    let started = Instant::now();
    let mut probed = 0;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|seed| {
                let (breaker, probes, barrier, passed) = (&breaker, &probes, &barrier, &passed);
                scope.spawn(move || {
                    let mut rng = fastrand::Rng::with_seed(seed);
                    let mut probed = 0;
                    barrier.wait();
                    while passed.load(Ordering::Relaxed) < CALLS && started.elapsed() < TIME {
                        let Ok(permit) = breaker.admit() else {
                            // The thread of the probe may be waiting for a core.
                            std::thread::yield_now();
                            continue;
                        };
                        passed.fetch_add(1, Ordering::Relaxed);
                        let (era, is_probe) = (permit.pass.era, permit.pass.is_probe);
                        if is_probe {
                            probed += 1;
                            let mut probes = probes.lock().unwrap_or_else(|e| e.into_inner());
                            assert!(probes.insert(era), "two probes in one half-open circuit");
                        }
                        if rng.u8(..4) == 0 {
                            std::thread::yield_now();
                        }
                        if is_probe {
                            let mut probes = probes.lock().unwrap_or_else(|e| e.into_inner());
                            probes.remove(&era);
                        }
                        match rng.u8(..4) {
                            0 => permit.settle(Sample::Healthy),
                            1 => drop(permit),
                            _ => permit.settle(Sample::Failure),
                        }
                    }
                    probed
                })
            })
            .collect();
        for thread in threads {
            probed += thread
                .join()
                .unwrap_or_else(|_| unreachable!("a thread found two probes"));
        }
    });
    let passed = passed.into_inner();
    assert!(
        passed >= CALLS && probed > 100,
        "{passed} passed, {probed} probes"
    );
    // All permits are gone, so that the next caller is admitted and can close the circuit.
    let permit = breaker.admit();
    permit
        .unwrap_or_else(|_| unreachable!("it is stuck"))
        .settle(Sample::Healthy);
    assert_eq!(breaker.state(), CircuitState::Closed);
}
