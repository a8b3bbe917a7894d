//! `begins_with` works on strings and binary.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_amount()
        .query("usr_123")
        .sk(|k| k.begins_with(10));
}
