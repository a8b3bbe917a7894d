//! A renamed field, too, reads an attribute of the table.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
pub struct Summary {
    pub user_id: String,
    #[serde(rename = "totl")]
    pub sum: u64,
}

fn main() {}
