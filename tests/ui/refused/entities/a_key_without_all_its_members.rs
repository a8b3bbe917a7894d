//! A key has all its members.

use dkmio as _;
use dkmio_tests::shop::Order;

fn main() {
    let _ = Order::get(("usr_1", "o1"));
}
