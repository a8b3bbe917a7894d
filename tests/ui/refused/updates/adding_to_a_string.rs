//! `add` works on numbers and sets.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).add(|o| o.created_at(), "Z");
}
