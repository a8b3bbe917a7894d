//! Without a required attribute the item would no longer read back.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).remove(|o| o.status());
}
