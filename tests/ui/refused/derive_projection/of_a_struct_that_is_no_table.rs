//! What is projected is a table.

use dkmio::Projection;
use dkmio_tests::orders::Address;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Address)]
pub struct Summary {
    pub city: String,
}

fn main() {}
