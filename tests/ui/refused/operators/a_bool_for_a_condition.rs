//! A condition is not a `bool`: it is decided in DynamoDB.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::delete(("usr_123", "ord_456")).condition(|_| true);
}
