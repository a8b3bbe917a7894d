//! The query of an index has the index's partition key.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_status().query().sk(|k| k.ge("2025-01-01"));
}
