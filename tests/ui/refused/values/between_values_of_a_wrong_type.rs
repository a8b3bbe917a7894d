//! Both bounds of `between` are of the attribute's type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().between(100, "200"));
}
