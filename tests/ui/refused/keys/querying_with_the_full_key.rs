//! A query takes the partition key; the sort key has a place of its own.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::query(("usr_123", "ord_456"));
}
