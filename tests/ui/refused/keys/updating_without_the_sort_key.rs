//! An update names its item by the full key.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(String::from("usr_123"));
}
