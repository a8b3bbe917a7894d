//! A sort key of one attribute is compared once: a range of it is `between`.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_date()
        .query("usr_123")
        .sk(|k| k.ge("2025-01-01").lt("2025-02-01"));
}
