//! On the right of an operator, too, an attribute must be projected.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_region()
        .query("eu")
        .filter(|o| o.user_id().eq(o.created_at()));
}
