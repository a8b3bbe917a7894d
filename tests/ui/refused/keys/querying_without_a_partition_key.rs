//! A query has a partition key.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::query();
}
