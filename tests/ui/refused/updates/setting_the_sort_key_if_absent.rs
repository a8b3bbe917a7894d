//! A key is never absent, and never changes.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).set_if_absent(|o| o.order_id(), "ord_789");
}
