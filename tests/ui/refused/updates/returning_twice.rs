//! DynamoDB returns one of the old and the new item.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456"))
        .set(|o| o.total(), 5)
        .return_old()
        .return_new();
}
