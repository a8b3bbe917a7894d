//! `sk(..)` returns a comparison.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::query("usr_123").sk(|_| "ord_456");
}
