//! An unknown word gets the nearest valid one.

use dkmio::Projection;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(off = Orders)]
pub struct Summary {
    pub total: u64,
}

fn main() {}
