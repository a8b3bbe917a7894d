//! The filter of a scan sees only what the index projects, too.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_region()
        .scan()
        .filter(|o| o.tags().contains("urgent"));
}
