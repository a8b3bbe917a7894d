//! The key of one table names no item of another.

use dkmio as _;
use dkmio_tests::events::Users;
use dkmio_tests::orders::OrdersKey;

fn main() {
    let _ = Users::get(OrdersKey::from(("usr_123", "ord_456")));
}
