//! `delete` takes elements from a set; a list has no such operation.

use dkmio as _;
use dkmio_tests::orders::{LineItem, Orders};

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).delete(|o| o.items(), [LineItem::default()]);
}
