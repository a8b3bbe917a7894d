//! A table and its local indexes can be read consistently.

use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::get(("usr_123", "ord_456")).consistent();
    let _ = Orders::query("usr_123").consistent();
    let _ = Orders::scan().consistent();
    let _ = Orders::by_amount().query("usr_123").consistent();
    let _ = Orders::by_amount().scan().consistent();
}
