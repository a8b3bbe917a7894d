//! A key never changes.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).set(|o| o.user_id(), "usr_789");
}
