//! Allocations of whole calls with dkmio beside the same calls by hand, in one run over the same canned answers.
//!
//! `cargo bench -p dkmio --bench allocations`; a word after `--` measures the calls with it in their name.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a program that prints"
)]

#[allow(dead_code, reason = "times are measured by `calls`")]
mod support;

use self::support::cases::{self, Run};
use self::support::measure;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Returns the allocations and the allocated bytes of one call.
fn allocations(runtime: &Runtime, run: &Run) -> (f64, f64) {
    const TIMES: usize = 10;
    measure::repeat(runtime, run, 3);
    let region = Region::new(ALLOCATOR);
    measure::repeat(runtime, run, TIMES);
    let change = region.change();
    let count = change.allocations + change.reallocations;
    (
        count as f64 / TIMES as f64,
        change.bytes_allocated as f64 / TIMES as f64,
    )
}

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let runtime = measure::runtime();
    println!("| call | by hand, allocations | dkmio | ratio | by hand, KB | dkmio, KB | ratio |");
    println!("|---|---|---|---|---|---|---|");
    for case in cases::all() {
        if !words.iter().all(|word| case.name.contains(word.as_str())) {
            continue;
        }
        let (hand, hand_bytes) = allocations(&runtime, &case.hand);
        let (dkmio, dkmio_bytes) = allocations(&runtime, &case.dkmio);
        println!(
            "| {} | {hand:.0} | {dkmio:.0} | {:.2} | {:.1} | {:.1} | {:.2} |",
            case.name,
            dkmio / hand,
            hand_bytes / 1e3,
            dkmio_bytes / 1e3,
            dkmio_bytes / hand_bytes
        );
    }
}
