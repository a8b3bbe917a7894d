//! Conditions are joined with `&` and `|`: `&&` is for `bool` only.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.total().ge(100) && o.region().exists());
}
