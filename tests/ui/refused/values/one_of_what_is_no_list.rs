//! `is_in` takes a list of values, even of one.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().is_in(100));
}
