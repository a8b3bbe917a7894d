//! `append` works on lists.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).append(|o| o.tags(), ["urgent"]);
}
