//! A test has the connection, the faults, the SDK's client or the whole database as arguments.

use dkmio::testing::{FromTestDatabase, TestDatabase};

fn main() {
    let count = <usize as FromTestDatabase>::from_test_database(&TestDatabase::new());
    let _ = count;
}
