//! A projection reads the table that it names, and no other.

use dkmio::Projection;
use dkmio_tests::events::Users;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Detail {
    total: u64,
}

fn main() {
    let _ = Users::scan().select_as::<Detail>();
}
