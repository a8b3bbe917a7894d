//! `+` and `-` work on numbers.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456"))
        .set_expr(|o| o.created_at(), |o| o.created_at() + "Z");
}
