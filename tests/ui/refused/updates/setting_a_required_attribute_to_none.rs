//! Setting to `None` removes, and a required attribute cannot be removed.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::update(("usr_123", "ord_456")).set(|o| o.created_at(), None);
}
