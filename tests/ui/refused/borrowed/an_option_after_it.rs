//! `select_borrowed` comes behind the other options.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    user_id: &'a str,
}

fn main() {
    let _ = Orders::query("usr_123").select_borrowed::<Row<'_>>().page_size(10);
}
