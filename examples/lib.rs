//! Runnable examples of dkmio: `cargo run --example quickstart`.
