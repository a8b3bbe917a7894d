//! A scan of a global index is eventually consistent, too.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_date().scan().consistent();
}
