//! The size of an attribute is a whole number.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.items().size().ge("3"));
}
