//! What it takes to build a query, and to explain it, without sending it.
//!
//! `cargo bench -p dkmio --bench building`

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a program that prints"
)]

#[allow(dead_code, reason = "the calls are measured by `calls`")]
mod support;

use self::support::measure;
use self::support::models::Orders;
use aws_sdk_dynamodb::operation::query::QueryInput;
use dkmio::Explain;
use std::hint::black_box;

/// With a key condition, two filters and a projection.
fn build() -> QueryInput {
    Orders::query("usr_000001")
        .sk(|order_id| order_id.begins_with("ord_"))
        .filter(|o| o.total().gt(100_u64))
        .filter(|o| o.address().city().eq("Springfield"))
        .select(|o| (o.order_id(), o.total(), o.address().street()))
        .into_input()
        .expect("a query that DynamoDB takes")
}

fn explain() -> Explain {
    Orders::query("usr_000001")
        .sk(|order_id| order_id.begins_with("ord_"))
        .filter(|o| o.total().gt(100_u64))
        .filter(|o| o.address().city().eq("Springfield"))
        .select(|o| (o.order_id(), o.total(), o.address().street()))
        .explain()
        .expect("a query that DynamoDB takes")
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let run = |what: &str, times: u32| match what {
        "built" => (0..times).for_each(|_| drop(black_box(build()))),
        _ => (0..times).for_each(|_| drop(black_box(explain()))),
    };
    if let [flag, what, times] = words.as_slice()
        && flag == "--run"
    {
        return run(what, times.parse().expect("a number"));
    }
    println!("| a query | CPU time, µs | instructions |");
    println!("|---|---|---|");
    for what in ["built", "built and explained"] {
        let time = measure::least_time(1_000, || run(what, 1_000));
        let count = |times: u32| measure::instructions_with(&["--run", what, &times.to_string()]);
        let instructions = match (count(100), count(1_100)) {
            (Some(base), Some(more)) => ((more - base) / 1_000).to_string(),
            _ => "-".to_owned(),
        };
        println!(
            "| {what} | {:.2} | {instructions} |",
            time.as_secs_f64() * 1e6
        );
    }
}
