//! A delete leaves no new item to return: `ALL_NEW` is an update's.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::delete(("usr_123", "ord_456")).return_new();
}
