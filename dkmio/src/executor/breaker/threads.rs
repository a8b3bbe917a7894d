//! The breaker on real threads: what the exploration takes to be one step is one.

use super::{CircuitBreaker, CircuitBreakerConfig, CircuitState, Sample};
use std::collections::HashSet;
use std::sync::{Barrier, Mutex};
use std::time::Duration;

const THREADS: u64 = 8;
const ROUNDS: usize = 20_000;

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
    let (mut passed, mut probed) = (0, 0);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|seed| {
                let (breaker, probes, barrier) = (&breaker, &probes, &barrier);
                scope.spawn(move || {
                    let mut rng = fastrand::Rng::with_seed(seed);
                    let (mut passed, mut probed) = (0, 0);
                    barrier.wait();
                    for _ in 0..ROUNDS {
                        let Ok(permit) = breaker.admit() else {
                            continue;
                        };
                        passed += 1;
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
                    (passed, probed)
                })
            })
            .collect();
        for thread in threads {
            let (thread_passed, thread_probed) = thread
                .join()
                .unwrap_or_else(|_| unreachable!("a thread found two probes"));
            passed += thread_passed;
            probed += thread_probed;
        }
    });
    assert!(
        passed > 1_000 && probed > 100,
        "{passed} passed, {probed} probes"
    );
    // All permits are gone: the next caller passes, and heals it.
    let permit = breaker.admit();
    permit
        .unwrap_or_else(|_| unreachable!("it is stuck"))
        .settle(Sample::Healthy);
    assert_eq!(breaker.state(), CircuitState::Closed);
}
