//! A hundred thousand items written and read back, in constant memory: a stream of puts, a stream of keys, a scan in
//! segments, and a transaction.
//!
//! `cargo run --example bulk`, or faster with `--release`

use dkmio::{DynamoDb, DynamoTable, Error};
use serde::{Deserialize, Serialize};
use std::io::{Write, stderr};
use std::time::Instant;

/// A reading of a sensor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "readings")]
struct Readings {
    #[pk]
    sensor: String,
    #[sk]
    at: u64,
    celsius: f64,
}

const READINGS: u64 = 100_000;
const SENSORS: u64 = 100;

fn reading(n: u64) -> Readings {
    Readings {
        sensor: format!("sensor-{:02}", n % SENSORS),
        at: n / SENSORS,
        celsius: 20.0 + (n % 17) as f64 / 2.0,
    }
}

/// Draws a bar of forty characters, at each percent.
fn progress(done: usize) {
    if !done.is_multiple_of(READINGS as usize / 100) {
        return;
    }
    let filled = done * 40 / READINGS as usize;
    let bar: String = (0..40)
        .map(|i| if i < filled { '#' } else { '.' })
        .collect();
    let _ = write!(stderr(), "\r[{bar}] {done:>6}");
}

/// Returns the most memory that the process has had, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Readings>().await?;

    let started = Instant::now();
    let before = peak_memory();
    let written = Readings::batch_write()
        .on_progress(progress)
        .put_stream(&db, futures_util::stream::iter((0..READINGS).map(reading)))
        .await?;
    println!("\nwrote {written} items in {:.1?}", started.elapsed());

    let started = Instant::now();
    let keys = (0..READINGS).map(|n| (format!("sensor-{:02}", n % SENSORS), n / SENSORS));
    let mut found = Readings::batch_get_stream(futures_util::stream::iter(keys)).stream(&db);
    let mut there = 0;
    while let Some(found) = found.next().await {
        // In the order of the keys.
        assert_eq!(found?, Some(reading(there)));
        there += 1;
        progress(there as usize);
    }
    println!("\nread {there} items back in {:.1?}", started.elapsed());

    let started = Instant::now();
    let mut warm = 0;
    let mut readings = Readings::scan()
        .filter(|r| r.celsius().ge(25))
        .segments(4)
        .stream(&db);
    while let Some(reading) = readings.next().await {
        reading?;
        warm += 1;
    }
    println!(
        "{warm} of them are warm, found in {:.1?}",
        started.elapsed()
    );

    dkmio::transact_write()
        .add(Readings::delete(("sensor-00", 0)))
        .add(Readings::put(&reading(READINGS)).if_not_exists())
        .execute(&db)
        .await?;
    println!("{} items are left", Readings::scan().count(&db).await?);

    // The engine's own database is in this memory too.
    if let (Some(before), Some(peak)) = (before, peak_memory()) {
        println!("memory: {before} MiB at first, {peak} MiB at the most");
    }
    Ok(())
}
