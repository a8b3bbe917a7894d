//! What the test folders share: the models of the documentation, a database for each test, and DynamoDB when it fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests only: a test fails by panicking"
)]

pub mod canned;
pub mod customers;
pub mod database;
pub mod differences;
pub mod events;
pub mod faults;
pub mod logs;
pub mod orders;
mod pages;
pub mod parcels;
pub mod schemas;
pub mod shop;
pub mod table_stream;
pub mod wire;
