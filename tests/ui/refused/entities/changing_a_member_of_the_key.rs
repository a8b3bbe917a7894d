//! A member of the key is not changed.

use dkmio as _;
use dkmio_tests::shop::{Order, day};

fn main() {
    let _ = Order::update(("usr_1", day(2, 1), "o1")).set(|o| o.user_id(), "usr_2");
}
