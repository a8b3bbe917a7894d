//! The closure of an update names an attribute.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).remove(|_| "description");
}
