//! An attribute is compared with a value of its type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.status().eq("PENDING"));
}
