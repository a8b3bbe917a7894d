//! The members of a sort key are compared from the left.

use dkmio as _;
use dkmio_tests::shop::Order;

fn main() {
    let _ = Order::query("usr_1").sk(|k| k.order_id().eq("o1"));
}
