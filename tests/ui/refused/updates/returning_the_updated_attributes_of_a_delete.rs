//! A delete updates no attributes: `UPDATED_OLD` is an update's.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::delete(("usr_123", "ord_456")).return_updated_old();
}
