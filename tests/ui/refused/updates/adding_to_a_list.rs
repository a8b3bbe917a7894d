//! A list has no `add`; it has `append`.

use dkmio as _;
use dkmio_tests::orders::{LineItem, Orders};

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).add(|o| o.items(), [LineItem::default()]);
}
