//! A condition is sent to DynamoDB, so it is made by methods: `==` makes a `bool`.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total() == 100);
}
