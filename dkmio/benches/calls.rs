//! Whole calls with dkmio beside the same calls by hand with `aws-sdk-dynamodb` and `serde_dynamo`, in one run over the
//! same canned answers: CPU time, and instructions where valgrind is.
//!
//! `cargo bench -p dkmio --bench calls`; a word after `--` measures the calls with it in their name.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a program that prints"
)]

#[allow(dead_code, reason = "what does not call is measured by `building`")]
mod support;

use self::support::cases::{self, Maker};
use self::support::measure;

pub fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let runtime = measure::runtime();
    let cases = cases::all();
    if let [run, name, program, times] = words.as_slice()
        && run == "--run"
    {
        let (name, make) = cases
            .iter()
            .find(|case| case.0 == name)
            .expect("a case of this name");
        let case = make(name);
        let run = if program == "hand" {
            &case.hand
        } else {
            &case.dkmio
        };
        return measure::repeat(&runtime, run, times.parse().expect("a number"));
    }
    println!(
        "| call | by hand, µs | dkmio, µs | CPU time | by hand, K instr | dkmio, K instr | instructions |"
    );
    println!("|---|---|---|---|---|---|---|");
    let wanted = |case: &&Maker| words.iter().all(|word| case.0.contains(word.as_str()));
    for (name, make) in cases.iter().filter(wanted) {
        let case = make(name);
        let (by_hand, with_dkmio) =
            runtime.block_on(async { ((case.hand)().await, (case.dkmio)().await) });
        assert_eq!(
            by_hand, with_dkmio,
            "`{}` reads the same in both programs",
            case.name
        );
        let (hand, dkmio) = measure::cpu_time(&runtime, &case);
        let time = format!(
            "{:.1} | {:.1} | {:.2}",
            hand.as_secs_f64() * 1e6,
            dkmio.as_secs_f64() * 1e6,
            dkmio.as_secs_f64() / hand.as_secs_f64()
        );
        let instructions = match measure::instructions(&case) {
            Some((hand, dkmio)) => format!(
                "{:.1} | {:.1} | {:.3}",
                hand as f64 / 1e3,
                dkmio as f64 / 1e3,
                dkmio as f64 / hand as f64
            ),
            None => "- | - | -".to_owned(),
        };
        println!("| {} | {time} | {instructions} |", case.name);
    }
}
