//! DynamoDB has no order for sets.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.tags().ge(["urgent"]));
}
