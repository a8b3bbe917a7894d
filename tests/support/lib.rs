//! What the test folders share: the models of the documentation, and a database for each test.
#![allow(missing_docs, reason = "tests only")]

pub mod database;
pub mod differences;
pub mod events;
pub mod orders;
