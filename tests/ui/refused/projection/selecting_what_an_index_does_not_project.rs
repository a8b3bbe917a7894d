//! An attribute that the index does not project cannot be selected, not even of a scan.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_status().scan().select(|o| o.description());
}
