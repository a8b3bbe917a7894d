//! What borrows needs a page to borrow from.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    user_id: &'a str,
}

fn main() {
    let _ = Orders::query("usr_123").select_as::<Row<'_>>();
    let _ = Orders::get(("usr_123", "ord_456")).select_as::<Row<'_>>();
}
