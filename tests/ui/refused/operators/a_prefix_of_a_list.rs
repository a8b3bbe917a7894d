//! A list has no prefixes.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.items().not_begins_with([]));
}
