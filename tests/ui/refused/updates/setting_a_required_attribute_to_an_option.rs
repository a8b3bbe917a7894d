//! An `Option` may be `None`, so a required attribute does not take it.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let created_at: Option<String> = Some(String::from("2025-01-01"));
    let _ = Orders::update(("usr_123", "ord_456")).set(|o| o.created_at(), created_at);
}
