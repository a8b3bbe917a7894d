//! DynamoDB has no `<>` on a key.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::query("usr_123").sk(|k| k.ne("ord_456"));
}
