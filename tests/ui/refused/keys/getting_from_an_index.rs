//! DynamoDB gets from tables; an index is queried or scanned.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status().get((Status::Pending, "2025-01-01"));
}
