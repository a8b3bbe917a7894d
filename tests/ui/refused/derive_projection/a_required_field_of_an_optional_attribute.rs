//! An attribute that may be absent is read as an `Option`.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
pub struct Summary {
    pub region: String,
}

fn main() {}
