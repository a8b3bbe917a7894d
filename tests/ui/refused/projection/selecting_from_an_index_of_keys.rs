//! An index with `project = keys_only` holds its own keys and the table's, and nothing else.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_region().query("eu").select(|o| o.total());
}
