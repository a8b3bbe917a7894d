//! DynamoDB has no `IN` on a key.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::query("usr_123").sk(|k| k.is_in(["ord_456", "ord_789"]));
}
