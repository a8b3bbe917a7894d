//! A partition key is of its attribute's type: a string is no `Status`, however it is stored.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_status().query("PENDING");
}
