//! `contains` looks into strings, lists and sets.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().contains(5));
}
