//! DynamoDB has no order for lists; their sizes compare.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.items().lt(Vec::new()));
}
