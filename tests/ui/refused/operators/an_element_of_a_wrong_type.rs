//! `contains` looks for a value of the elements' type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.tags().contains(5));
}
