//! A key is never removed: an item without it would have no name.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).remove(|o| o.order_id());
}
