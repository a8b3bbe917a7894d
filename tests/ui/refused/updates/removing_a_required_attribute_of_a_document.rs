//! Without a required attribute a document would no longer read back, and the item with it.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).remove(|o| o.address().city());
}
