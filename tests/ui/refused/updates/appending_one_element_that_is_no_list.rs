//! What is appended is a list of elements, even of one.

use dkmio as _;
use dkmio_tests::orders::{LineItem, Orders};

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).append(|o| o.items(), LineItem::default());
}
