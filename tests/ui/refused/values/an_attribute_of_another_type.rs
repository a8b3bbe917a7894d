//! Attributes are compared with attributes of the same type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().ge(o.items_count()));
}
