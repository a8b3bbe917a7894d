//! DynamoDB takes one condition on the sort key.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .sk(|k| k.ge("2025-01-01"))
        .sk(|k| k.lt("2025-02-01"));
}
