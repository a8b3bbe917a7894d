//! A row reads what its index projects.

use dkmio::Projection;
use dkmio_tests::orders::{Orders, Status};
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    user_id: &'a str,
    #[serde(borrow)]
    description: Option<&'a str>,
}

fn main() {
    let _ = Orders::by_status().query(Status::Pending).select_borrowed::<Row<'_>>();
}
