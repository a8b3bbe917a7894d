//! Both bounds of `between` are of the sort key's type.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_amount()
        .query("usr_123")
        .sk(|k| k.between(10, "20"));
}
