//! `begins_with` works on strings and binary.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().begins_with(10));
}
