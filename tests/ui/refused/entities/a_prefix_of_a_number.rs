//! A prefix is one of text.

use dkmio as _;
use dkmio_tests::shop::Order;

fn main() {
    let _ = Order::by_total()
        .query("usr_1")
        .sk(|k| k.total().begins_with(2));
}
