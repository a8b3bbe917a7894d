//! A member that makes a key with others is not set alone.

use dkmio as _;
use dkmio_tests::shop::{Order, day};

fn main() {
    let _ = Order::update(("usr_1", day(2, 1), "o1")).set(|o| o.courier(), "dhl");
}
