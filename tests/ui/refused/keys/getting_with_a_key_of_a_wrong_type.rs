//! Each part of a key is of its attribute's type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::get(("usr_123", 456));
}
