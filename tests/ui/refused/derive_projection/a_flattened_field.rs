//! A projection names each attribute that it reads.

use dkmio::Projection;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize, Projection)]
#[projection(of = dkmio_tests::orders::Orders)]
pub struct Summary {
    #[serde(flatten)]
    pub rest: HashMap<String, String>,
}

fn main() {}
