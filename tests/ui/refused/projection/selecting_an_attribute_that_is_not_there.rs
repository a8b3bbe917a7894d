//! A misspelt attribute is a method that does not exist, and rustc suggests the nearest.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().select(|o| o.totl());
}
