//! A put takes the table's own struct.

use dkmio as _;
use dkmio_tests::events::Users;
use dkmio_tests::orders::order;

fn main() {
    let _ = Users::put(&order("usr_123", "ord_456"));
}
