//! DynamoDB does not work out a member of an index's key.

use dkmio as _;
use dkmio_tests::shop::{Order, day};

fn main() {
    let _ = Order::update(("usr_1", day(2, 1), "o1")).add(|o| o.total(), 50);
}
