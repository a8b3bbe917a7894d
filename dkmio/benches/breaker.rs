//! What a closed circuit breaker, an observer, a meter and the SDK's stalled-stream protection cost, beside a get without
//! them: in instructions, over the same canned answer.
//!
//! `cargo bench -p dkmio --bench breaker`; needs valgrind. Fails if a closed breaker costs 1 % of a get or more.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a program that prints"
)]

#[allow(dead_code, reason = "the calls themselves are measured by `calls`")]
mod support;

use self::support::models::{Orders, order};
use self::support::{canned, measure};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::StalledStreamProtectionConfig;
use dkmio::{CapacityMeter, DynamoDb, Observation, Observer};
use serde_json::json;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};

/// More than enough for the random seeds of hash maps to even out.
const GETS: u64 = 1_000;

#[derive(Default)]
struct Requests(AtomicU64);

impl Observer for Requests {
    fn observe(&self, request: &Observation<'_>) {
        self.0
            .fetch_add(u64::from(request.attempts), Ordering::Relaxed);
    }
}

const PROGRAMS: [&str; 5] = [
    "no breaker, no observer",
    "a closed breaker",
    "a closed breaker and an observer",
    "a closed breaker and a meter",
    "no stalled-stream protection",
];

fn connection(program: &str) -> DynamoDb {
    let answer = json!({ "Item": support::models::json_of(&order(1)) });
    let builder = DynamoDb::builder().client(canned::client(answer.to_string()));
    match program {
        "no breaker, no observer" => builder.circuit_breaker(None).build(),
        "a closed breaker" => builder.build(),
        "a closed breaker and an observer" => builder.observer(Requests::default()).build(),
        "a closed breaker and a meter" => builder.build().metered(&CapacityMeter::new()),
        "no stalled-stream protection" => {
            let client = canned::client(answer.to_string());
            let unprotected = client.config().to_builder();
            let unprotected = unprotected
                .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
                .build();
            let builder = DynamoDb::builder().client(Client::from_conf(unprotected));
            builder.circuit_breaker(None).build()
        }
        other => panic!("no program `{other}`"),
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [run, program, times] = words.as_slice()
        && run == "--run"
    {
        let db = connection(program);
        let times: u64 = times.parse().expect("a number");
        measure::runtime().block_on(async {
            for _ in 0..times {
                let order = Orders::get(("usr_1", "ord_1")).execute(&db).await;
                black_box(order.expect("an answer").expect("an order"));
            }
        });
        return;
    }
    let count = |program: &str, times: u64| {
        measure::instructions_with(&["--run", program, &times.to_string()])
    };
    let of = |program: &str| {
        // The first calls fill caches of the SDK.
        let (base, more) = (count(program, 100)?, count(program, 100 + GETS)?);
        Some((more - base) as f64 / GETS as f64)
    };
    let Some(plain) = of(PROGRAMS[0]) else {
        println!("valgrind is not here");
        return;
    };
    println!("| a get of 0.6 KB with | instructions | more |");
    println!("|---|---|---|");
    println!("| {} | {plain:.0} | |", PROGRAMS[0]);
    for program in &PROGRAMS[1..] {
        let with = of(program).expect("valgrind is here");
        let more = (with / plain - 1.0) * 100.0;
        println!("| {program} | {with:.0} | {more:+.2} % |");
        assert!(
            *program != PROGRAMS[1] || more < 1.0,
            "a closed breaker costs {more:.2} %"
        );
    }
}
