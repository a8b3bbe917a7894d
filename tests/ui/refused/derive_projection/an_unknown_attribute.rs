//! Each field reads an attribute of the table; a misspelt one gets a suggestion.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
pub struct Summary {
    pub totl: u64,
}

fn main() {}
