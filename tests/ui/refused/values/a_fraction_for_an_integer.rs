//! A fraction is no value of an integer attribute.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().ge(99.5));
}
