//! What the benchmarks share.

pub mod canned;
pub mod cases;
pub mod measure;
pub mod models;
