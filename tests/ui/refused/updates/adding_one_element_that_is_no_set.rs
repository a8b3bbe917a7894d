//! What is added to a set is a set of elements, even of one.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).add(|o| o.tags(), "urgent");
}
