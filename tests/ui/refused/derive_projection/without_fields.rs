//! A projection reads something.

use dkmio::Projection;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = dkmio_tests::orders::Orders)]
pub struct Summary {}

fn main() {}
