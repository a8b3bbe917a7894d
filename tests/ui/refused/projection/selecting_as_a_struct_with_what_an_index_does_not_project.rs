//! A projection reads an index only if the index projects each of its fields.

use dkmio::Projection;
use dkmio_tests::orders::{Orders, Status};
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Detail {
    user_id: String,
    total: u64,
    description: Option<String>,
}

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .select_as::<Detail>();
}
