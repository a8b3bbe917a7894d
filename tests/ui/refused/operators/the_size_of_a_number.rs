//! A number has no size: it compares by itself.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().size().ge(3));
}
