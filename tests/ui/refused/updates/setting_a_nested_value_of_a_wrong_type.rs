//! An attribute of a document is set to a value of its type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).set(|o| o.address().city(), 15001);
}
