//! What a row borrows, it borrows from one page.

use dkmio::Projection;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = dkmio_tests::orders::Orders)]
struct Row<'a, 'b> {
    user_id: &'a str,
    order_id: &'b str,
}

#[derive(Deserialize, Projection)]
#[projection(of = dkmio_tests::orders::Orders)]
struct Of<T> {
    total: T,
}

fn main() {}
