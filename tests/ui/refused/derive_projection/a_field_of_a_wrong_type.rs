//! Each field has the type of the attribute it reads.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
pub struct Summary {
    pub user_id: String,
    pub total: String,
}

fn main() {}
