//! The same as `calls`, with mimalloc as the allocator of both programs.
//!
//! `cargo bench -p dkmio --bench calls_mimalloc`; a word after `--` measures the calls with it in their name.

#![allow(missing_docs, unreachable_pub, reason = "a program that prints")]

#[path = "calls.rs"]
mod calls;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    calls::main();
}
