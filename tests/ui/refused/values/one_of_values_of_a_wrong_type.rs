//! Each value of `is_in` is of the attribute's type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().is_in(["100", "200"]));
}
