//! What is deleted from a set has the type of its elements.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).delete(|o| o.tags(), [5]);
}
