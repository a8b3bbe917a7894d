//! serde borrows `&str` by itself, and has to be told of the rest.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    user_id: &'a str,
    created_at: Cow<'a, str>,
}

fn main() {
    let _ = Orders::query("usr_123").select_borrowed::<Row<'_>>();
}
