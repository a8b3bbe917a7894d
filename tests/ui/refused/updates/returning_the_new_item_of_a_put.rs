//! The new item of a put is the one that was put: `ALL_NEW` is an update's.

use dkmio as _;
use dkmio_tests::orders::{Orders, order};

fn main() {
    let _ = Orders::put(&order("usr_123", "ord_456")).return_new();
}
