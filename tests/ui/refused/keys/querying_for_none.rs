//! `None` is no key: an item without the attribute is not in the index.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let region: Option<String> = None;
    let _ = Orders::by_region().query(region);
}
