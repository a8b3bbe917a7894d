//! What it takes to build a query, and to explain it, without sending it; and what the keys of an entity add to a put.
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

use self::support::models::{KeyedBySix, KeyedByThree, Orders, order};
use self::support::{canned, measure};
use aws_sdk_dynamodb::operation::query::QueryInput;
use dkmio::{DynamoDb, Explain};
use std::hint::black_box;
use std::time::Duration;
use tokio::runtime::Runtime;

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

const BUILT: &str = "built";
const EXPLAINED: &str = "built and explained";
const OF_A_TABLE: &str = "of a table";
const OF_THREE: &str = "of an entity with templates of three attributes";
const OF_SIX: &str = "of an entity with templates of six attributes";
const PUTS: [&str; 3] = [OF_A_TABLE, OF_THREE, OF_SIX];

/// What is measured: each of these, by its name.
struct Programs {
    runtime: Runtime,
    db: DynamoDb,
    order: Orders,
    of_three: KeyedByThree,
    of_six: KeyedBySix,
}

impl Programs {
    fn new() -> Self {
        Self {
            runtime: measure::runtime(),
            db: DynamoDb::from_client(canned::client("{}".to_owned())),
            order: order(7),
            of_three: order(7).into(),
            of_six: order(7).into(),
        }
    }

    fn run(&self, what: &str, times: u32) {
        match what {
            BUILT => (0..times).for_each(|_| drop(black_box(build()))),
            EXPLAINED => (0..times).for_each(|_| drop(black_box(explain()))),
            OF_A_TABLE => self.runtime.block_on(async {
                for _ in 0..times {
                    let put = Orders::put(black_box(&self.order));
                    put.execute(&self.db).await.expect("canned");
                }
            }),
            OF_THREE => self.runtime.block_on(async {
                for _ in 0..times {
                    let put = KeyedByThree::put(black_box(&self.of_three));
                    put.execute(&self.db).await.expect("canned");
                }
            }),
            OF_SIX => self.runtime.block_on(async {
                for _ in 0..times {
                    let put = KeyedBySix::put(black_box(&self.of_six));
                    put.execute(&self.db).await.expect("canned");
                }
            }),
            other => panic!("there is no `{other}`"),
        }
    }
}

/// Returns the instructions of one run, if valgrind is here.
fn instructions(what: &str) -> Option<u64> {
    let count = |times: u32| measure::instructions_with(&["--run", what, &times.to_string()]);
    Some((count(1_100)? - count(100)?) / 1_000)
}

fn print(what: &str, time: Duration, instructions: Option<u64>) {
    let instructions = instructions.map_or("-".to_owned(), |count| count.to_string());
    let time = time.as_secs_f64() * 1e6;
    println!("| {what} | {time:.2} | {instructions} |");
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let programs = Programs::new();
    if let [flag, what, times] = words.as_slice()
        && flag == "--run"
    {
        return programs.run(what, times.parse().expect("a number"));
    }
    println!("| a query | CPU time, µs | instructions |");
    println!("|---|---|---|");
    for what in [BUILT, EXPLAINED] {
        let time = measure::least_time(1_000, || programs.run(what, 1_000));
        print(what, time, instructions(what));
    }
    println!("\n| a put of 0.6 KB | CPU time, µs | instructions |");
    println!("|---|---|---|");
    // In turns, so that a busy moment meets all.
    let mut times = [Duration::MAX; PUTS.len()];
    for _ in 0..20 {
        for (what, least) in PUTS.iter().zip(&mut times) {
            *least = measure::least_time(200, || programs.run(what, 200)).min(*least);
        }
    }
    for (what, time) in PUTS.iter().zip(times) {
        print(what, time, instructions(what));
    }
}
