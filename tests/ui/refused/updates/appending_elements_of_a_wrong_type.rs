//! What is appended has the type of the list's elements.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).append(|o| o.items(), ["sku_1"]);
}
