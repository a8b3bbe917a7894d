//! Members are set together with values of their types.

use dkmio as _;
use dkmio_tests::shop::{Order, day};

fn main() {
    let _ = Order::update(("usr_1", day(2, 1), "o1"))
        .set_together(|o| o.by_courier(), ("dhl", "high"));
}
