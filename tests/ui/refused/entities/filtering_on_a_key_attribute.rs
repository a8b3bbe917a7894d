//! The key attributes are no fields.

use dkmio as _;
use dkmio_tests::shop::Order;

fn main() {
    let _ = Order::query("usr_1").filter(|o| o.pk().eq("USER#usr_1"));
}
