//! Nothing follows a range.

use dkmio as _;
use dkmio_tests::shop::{Order, day};

fn main() {
    let _ = Order::query("usr_1").sk(|k| k.placed_at().ge(day(2, 1)).order_id().eq("o1"));
}
