//! Many operations side by side on a table that fails at random: every result is accounted for, no task is left over, and
//! memory stays flat.
//!
//! ```sh
//! cargo run --release -p dkmio-tests --example soak              # 200,000 operations
//! cargo run -p dkmio-tests --example soak -- 5000 7              # so many, with this seed
//! ```
//!
//! Time is tokio's, paused, so that timeouts and an open circuit take none, and a seed draws the faults.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "it fails by panicking, and prints what it saw"
)]

mod account;
mod worker;

use self::account::Tally;
use self::worker::{KEYS, Worker};
use dkmio::{CircuitBreakerConfig, DynamoDb};
use dkmio_tests::customers::Customers;
use dkmio_tests::faults::Faults;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Handle};
use tokio::time::sleep;

/// SQLite's memory is its own, and is not counted.
#[global_allocator]
static MEMORY: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const OPERATIONS: usize = 200_000;
const WORKERS: usize = 64;
const ROUNDS: usize = 10;
/// How many requests fail at first.
const FAULTS: f64 = 0.25;
/// What memory may grow by after the first rounds: buffers that are filled at last.
const SLACK: usize = 64 << 10;

fn main() {
    let mut arguments = env::args().skip(1);
    let mut number = |default| match arguments.next() {
        Some(text) => text.parse().expect("a number of operations, and a seed"),
        None => default,
    };
    let (operations, seed) = (number(OPERATIONS), number(1) as u64);
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    let started = Instant::now();
    let tally = runtime.block_on(soak(operations, seed));
    println!("{tally}");
    println!("{operations} operations in {:.1?}", started.elapsed());
}

async fn soak(operations: usize, seed: u64) -> Tally {
    fastrand::seed(seed);
    let faults = Faults::new().attempts(2).unlogged();
    let db = DynamoDb::builder()
        .client(faults.client())
        .circuit_breaker(Some(CircuitBreakerConfig {
            failure_threshold: 5,
            recovery_timeout: Duration::from_secs(30),
        }))
        .build();
    faults
        .latency(Duration::from_millis(3))
        .seeded(seed, FAULTS);
    let mut workers: Vec<Worker> = (0..WORKERS).map(|n| Worker::new(n, seed, &db)).collect();
    let outages = tokio::spawn(outages(faults.clone(), seed));
    let mut memory = Vec::with_capacity(ROUNDS);
    for round in 1..=ROUNDS {
        // The engine keeps the token of each transaction for ten minutes: that is its memory, and goes with it.
        faults.replace_engine();
        faults.calm_db().create_table::<Customers>().await.unwrap();
        let left = Arc::new(AtomicUsize::new(operations / ROUNDS));
        let tasks: Vec<_> = workers
            .drain(..)
            .map(|worker| tokio::spawn(work(worker, left.clone())))
            .collect();
        for task in tasks {
            workers.push(task.await.expect("a worker found a result that cannot be"));
        }
        assert_eq!(faults.under_way(), 0, "a request is left over");
        let tasks = Handle::current().metrics().num_alive_tasks();
        assert_eq!(tasks, 1, "beside the outages a task is left over");
        let calm = faults.calm_db();
        for worker in &mut workers {
            worker.check_all(&calm).await;
        }
        drop(calm);
        faults.replace_engine();
        memory.push(held());
        println!(
            "{:3} %: {} kB held, {} kB resident",
            round * 100 / ROUNDS,
            held() / 1024,
            resident()
        );
    }
    outages.abort();
    let (before, after) = (memory[ROUNDS / 5], memory[ROUNDS - 1]);
    assert!(
        after <= before + SLACK,
        "memory grows: {before}, then {after} bytes"
    );
    let mut tally = Tally::default();
    for worker in &workers {
        tally.add(&worker.tally);
    }
    assert!(tally.operations() >= operations / ROUNDS * ROUNDS);
    println!("{ROUNDS} times {} keys held what they may", WORKERS * KEYS);
    tally
}

/// Lets most requests fail from time to time, so that the circuit opens.
async fn outages(faults: Faults, seed: u64) {
    for n in 0.. {
        faults.seeded(seed + 2 * n, FAULTS);
        sleep(Duration::from_millis(900)).await;
        faults.seeded(seed + 2 * n + 1, 0.9);
        sleep(Duration::from_millis(100)).await;
    }
}

/// Takes operations until none is left.
async fn work(mut worker: Worker, left: Arc<AtomicUsize>) -> Worker {
    let take = |left: usize| left.checked_sub(1);
    while left
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
        .is_ok()
    {
        worker.one().await;
    }
    worker
}

/// The bytes that are allocated and not given back.
fn held() -> usize {
    let stats = MEMORY.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}

/// The memory of the process in kB, where Linux tells it; with SQLite's.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|n| n.parse().ok()).unwrap_or_default()
}
