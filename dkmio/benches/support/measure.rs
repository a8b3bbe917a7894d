//! How a call is measured: CPU time of the thread, instructions by valgrind.

use super::cases::{Case, Run};
use std::hint::black_box;
use std::process::Command;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// A runtime on this thread alone, so that the thread's time is the program's.
pub fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

#[inline(never)]
pub fn repeat(runtime: &Runtime, run: &Run, times: usize) {
    runtime.block_on(async {
        for _ in 0..times {
            black_box(run().await);
        }
    });
}

/// Returns the time this thread has been on a core.
fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(
        time.tv_sec.try_into().unwrap_or(0),
        time.tv_nsec.try_into().unwrap_or(0),
    )
}

fn time(runtime: &Runtime, run: &Run, times: usize) -> Duration {
    let before = thread_time();
    repeat(runtime, run, times);
    (thread_time() - before) / u32::try_from(times).unwrap_or(u32::MAX)
}

/// Returns the CPU time of one call, by hand and with dkmio: the best of rounds that take turns.
pub fn cpu_time(runtime: &Runtime, case: &Case) -> (Duration, Duration) {
    let once = time(runtime, &case.hand, 3).max(Duration::from_nanos(1));
    let times = (Duration::from_millis(20).as_nanos() / once.as_nanos()).clamp(1, 500) as usize;
    let rounds = (0..25).map(|_| {
        (
            time(runtime, &case.hand, times),
            time(runtime, &case.dkmio, times),
        )
    });
    rounds.fold((Duration::MAX, Duration::MAX), |best, round| {
        (best.0.min(round.0), best.1.min(round.1))
    })
}

/// Returns the CPU time of one of so many runs: the best of rounds.
pub fn least_time(times: u32, run: impl Fn()) -> Duration {
    let rounds = (0..25).map(|_| {
        let before = thread_time();
        run();
        thread_time() - before
    });
    rounds.min().unwrap_or_default() / times
}

/// Returns the instructions of this program with these arguments, if valgrind is here.
pub fn instructions_with(arguments: &[&str]) -> Option<u64> {
    let output = Command::new("valgrind")
        .args([
            "--tool=cachegrind",
            "--cache-sim=no",
            "--cachegrind-out-file=/dev/null",
        ])
        .arg(std::env::current_exe().ok()?)
        .args(arguments)
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = text
        .lines()
        .find(|line| line.contains("I refs") || line.contains("I   refs"))?;
    line.rsplit(' ').next()?.replace(',', "").parse().ok()
}

/// Returns the instructions of one call, by hand and with dkmio, if valgrind is here.
///
/// This program runs itself under valgrind twice, with some calls and with more: the difference is the calls'.
pub fn instructions(case: &Case) -> Option<(u64, u64)> {
    let few = if case.name.contains("1,500") { 1 } else { 10 };
    let count = |program: &str, times: usize| {
        instructions_with(&["--run", case.name, program, &times.to_string()])
    };
    let of = |program| -> Option<u64> {
        // The first calls fill caches of the SDK.
        let (base, more) = (count(program, few + 2)?, count(program, 3 * few + 2)?);
        Some(more.saturating_sub(base) / (2 * few as u64))
    };
    Some((of("hand")?, of("dkmio")?))
}
