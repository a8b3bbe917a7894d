//! A projection names its table.

use dkmio::Projection;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
pub struct Summary {
    pub total: u64,
}

fn main() {}
