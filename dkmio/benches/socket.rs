//! Gets over a socket, with dkmio beside the same by hand: the CPU time of the client's process with 1, 16 and 64 requests at
//! once, and the time from the start of a process to its first answer. Client and server are processes of their own on the
//! loopback; the HTTP client is the SDK's default one, without TLS.
//!
//! `cargo bench -p dkmio --bench socket`; `-- start` or `-- at-once` measures one of them. A cold start in the development
//! profile: `cargo bench -p dkmio --profile dev --bench socket -- start`.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a program that prints"
)]

#[path = "socket/server.rs"]
mod server;
#[allow(dead_code, reason = "calls in memory are measured by `calls`")]
mod support;

use self::support::measure;
use self::support::models::{HandOrder, Orders, hand_order, json_of};
use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use dkmio::DynamoDb;
use futures_util::future::join_all;
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;
use std::collections::HashMap;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Requests of one measurement.
const REQUESTS: usize = 4_000;
/// Measurements of each program; they take turns, and the best one counts.
const ROUNDS: usize = 9;
const STARTS: usize = 40;

/// The one get of a program, over a connection of the environment.
#[derive(Clone)]
enum Program {
    ByHand(Client),
    Dkmio(DynamoDb),
}

impl Program {
    async fn new(name: &str) -> Self {
        match name {
            "hand" => {
                let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
                Self::ByHand(Client::new(&config))
            }
            _ => Self::Dkmio(DynamoDb::from_env()),
        }
    }

    async fn get(&self) {
        match self {
            Self::ByHand(client) => {
                let text = |text: &str| AttributeValue::S(text.to_owned());
                let key = HashMap::from([
                    ("user_id".to_owned(), text("usr_000000")),
                    ("order_id".to_owned(), text("ord_00000007")),
                ]);
                let get = client.get_item().table_name("orders").set_key(Some(key));
                let item = get.send().await.expect("an answer").item;
                let item = item.expect("the order is there");
                let order: HandOrder = serde_dynamo::from_item(item).expect("an order reads");
                black_box(order);
            }
            Self::Dkmio(db) => {
                let get = Orders::get(("usr_000000", "ord_00000007"));
                let order = get.execute(db).await.expect("an answer");
                black_box(order.expect("the order is there"));
            }
        }
    }

    async fn get_all(&self, requests: usize, at_once: usize) {
        let one = || async {
            for _ in 0..requests / at_once {
                self.get().await;
            }
        };
        join_all((0..at_once).map(|_| one())).await;
    }
}

/// Prints the CPU time and the time of a request, in nanoseconds.
fn client(name: &str, at_once: usize) {
    measure::runtime().block_on(async {
        let program = Program::new(name).await;
        program.get_all(REQUESTS / 10, at_once).await;
        let (cpu, started) = (process_time(), Instant::now());
        program.get_all(REQUESTS, at_once).await;
        let (cpu, time) = (process_time() - cpu, started.elapsed());
        let count = (REQUESTS / at_once * at_once) as u128;
        println!("{} {}", cpu.as_nanos() / count, time.as_nanos() / count);
    });
}

/// Prints the CPU time of this process up to the first answer, in nanoseconds.
fn start(name: &str) {
    measure::runtime().block_on(async {
        Program::new(name).await.get().await;
        println!("{}", process_time().as_nanos());
    });
}

/// Returns the time that all threads of this process have been on a core.
fn process_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(
        time.tv_sec.try_into().unwrap_or(0),
        time.tv_nsec.try_into().unwrap_or(0),
    )
}

/// The server's process; it ends with this.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start() -> Self {
        let mut process = this_program(&["--serve"]).spawn().expect("a process");
        let port = first_line(&mut process).parse().expect("a port");
        Self { process, port }
    }

    /// Returns the numbers that a client prints, and the time until it does.
    fn client(&self, arguments: &[&str]) -> (Vec<u64>, Duration) {
        let mut program = this_program(arguments);
        program
            .env(
                "AWS_ENDPOINT_URL",
                format!("http://127.0.0.1:{}", self.port),
            )
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_EC2_METADATA_DISABLED", "true");
        let started = Instant::now();
        let mut client = program.spawn().expect("a process");
        let line = first_line(&mut client);
        let time = started.elapsed();
        client.wait().expect("the client ends");
        let numbers = line.split(' ').map(|n| n.parse().expect("a number"));
        (numbers.collect(), time)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn this_program(arguments: &[&str]) -> Command {
    let mut program = Command::new(std::env::current_exe().expect("this program"));
    program.args(arguments).stdout(Stdio::piped());
    program
}

fn first_line(process: &mut Child) -> String {
    let mut line = String::new();
    let output = process.stdout.take().expect("a pipe");
    BufReader::new(output).read_line(&mut line).expect("a line");
    line.trim().to_owned()
}

fn measure_at_once(server: &Server) {
    println!(
        "| at once | by hand, µs CPU | dkmio, µs CPU | ratio | by hand, requests a second | dkmio |"
    );
    println!("|---|---|---|---|---|---|");
    for at_once in [1_usize, 16, 64] {
        let mut best = [[u64::MAX; 2]; 2];
        for _ in 0..ROUNDS {
            for (name, best) in ["hand", "dkmio"].iter().zip(&mut best) {
                let (numbers, _) = server.client(&["--client", name, &at_once.to_string()]);
                for (best, number) in best.iter_mut().zip(numbers) {
                    *best = number.min(*best);
                }
            }
        }
        let [[hand, hand_time], [dkmio, dkmio_time]] = best.map(|times| times.map(|t| t as f64));
        println!(
            "| {at_once} | {:.0} | {:.0} | {:.2} | {:.0} | {:.0} |",
            hand / 1e3,
            dkmio / 1e3,
            dkmio / hand,
            1e9 / hand_time,
            1e9 / dkmio_time
        );
    }
}

fn measure_start(server: &Server) {
    println!("| from start to the first answer | least, ms | median, ms | CPU, ms |");
    println!("|---|---|---|---|");
    let mut rounds = [const { Vec::new() }; 2];
    for _ in 0..STARTS {
        for (name, rounds) in ["hand", "dkmio"].iter().zip(&mut rounds) {
            let (numbers, time) = server.client(&["--start", name]);
            rounds.push((time, Duration::from_nanos(numbers[0])));
        }
    }
    for (name, mut rounds) in ["by hand", "dkmio"].iter().zip(rounds) {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let cpu = rounds.iter().map(|round| round.1).min();
        rounds.sort();
        println!(
            "| {name} | {:.1} | {:.1} | {:.1} |",
            ms(rounds[0].0),
            ms(rounds[STARTS / 2].0),
            ms(cpu.unwrap_or_default())
        );
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--serve"] => {
            let answer = json!({ "Item": json_of(&hand_order(7)) });
            return server::serve(&answer.to_string());
        }
        ["--client", name, at_once] => return client(name, at_once.parse().expect("a number")),
        ["--start", name] => return start(name),
        _ => {}
    }
    let all = !words.iter().any(|word| !word.starts_with("--"));
    let server = Server::start();
    if all || words.contains(&"at-once") {
        measure_at_once(&server);
    }
    if all || words.contains(&"start") {
        measure_start(&server);
    }
}
