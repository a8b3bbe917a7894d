//! What is not even read by serde is no model either.

use dkmio::Latest;

struct Order;

fn main() {
    let _ = |order: Latest<Order>| drop(order);
}
