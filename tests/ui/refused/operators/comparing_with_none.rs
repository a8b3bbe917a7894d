//! Nothing equals an absent attribute: whether it is there has operators of its own.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().filter(|o| o.region().eq(None));
}
