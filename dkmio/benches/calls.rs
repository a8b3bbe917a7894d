//! Whole calls with dkmio beside the same calls by hand with `aws-sdk-dynamodb` and `serde_dynamo`, in one run over the
//! same canned answers: CPU time, and instructions where valgrind is.
//!
//! `cargo bench -p dkmio --bench calls`; a word after `--` measures the calls with it in their name. `-- --gate` fails where
//! the instructions of a call beside the program by hand have risen by more than 3 %; `-- --record` records them for that, and
//! `-- --chart` draws them.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a program that prints"
)]

#[path = "calls/chart.rs"]
mod chart;
#[path = "calls/gate.rs"]
mod gate;
#[path = "calls/row.rs"]
mod row;
#[allow(dead_code, reason = "what does not call is measured by `building`")]
mod support;

use self::row::Row;
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
    let (flags, words): (Vec<String>, Vec<String>) =
        words.into_iter().partition(|word| word.starts_with("--"));
    println!(
        "| call | by hand, µs | dkmio, µs | CPU time | by hand, K instr | dkmio, K instr | instructions |"
    );
    println!("|---|---|---|---|---|---|---|");
    let wanted = |case: &&Maker| words.iter().all(|word| case.0.contains(word.as_str()));
    let rows: Vec<Row> = cases
        .iter()
        .filter(wanted)
        .map(|(name, make)| {
            let case = make(name);
            let (by_hand, with_dkmio) =
                runtime.block_on(async { ((case.hand)().await, (case.dkmio)().await) });
            assert_eq!(
                by_hand, with_dkmio,
                "`{}` reads the same in both programs",
                case.name
            );
            let row = Row {
                name: case.name,
                time: measure::cpu_time(&runtime, &case),
                instructions: measure::instructions(&case),
            };
            row.print();
            row
        })
        .collect();
    for flag in flags {
        match flag.as_str() {
            "--record" => gate::record(&rows),
            "--chart" => chart::write(&rows),
            "--gate" => {
                let risen = gate::risen(&rows);
                assert!(
                    risen.is_empty(),
                    "instructions have risen:\n{}",
                    risen.join("\n")
                );
            }
            other => panic!("`{other}` is none of --record, --chart and --gate"),
        }
    }
}
