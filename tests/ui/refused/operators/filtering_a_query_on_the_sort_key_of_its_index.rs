//! DynamoDB refuses a filter on the sort key of the index that is queried.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .filter(|o| o.total().ge(100) & o.created_at().ge("2025-01-01"));
}
