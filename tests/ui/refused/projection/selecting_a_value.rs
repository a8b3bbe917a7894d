//! What is selected is an attribute, or a tuple of attributes.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().select(|o| (o.total(), 5));
}
