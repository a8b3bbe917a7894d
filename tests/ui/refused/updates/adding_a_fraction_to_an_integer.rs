//! An integer that a fraction is added to would no longer read as an integer.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).add(|o| o.total(), 0.5);
}
