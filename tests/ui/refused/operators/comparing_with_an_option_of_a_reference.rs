//! `Some("eu")` is refused as `None` is.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.region().eq(Some("eu")));
}
