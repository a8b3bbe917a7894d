//! A get, too, takes the projections of its own table only.

use dkmio::Projection;
use dkmio_tests::events::Users;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Detail {
    user_id: String,
}

fn main() {
    let _ = Users::get("usr_123").select_as::<Detail>();
}
