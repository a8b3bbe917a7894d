//! What is added to a number is a number.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).add(|o| o.total(), "5");
}
