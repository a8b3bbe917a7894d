//! A projection derives `Deserialize`, which reads it.

use dkmio::Projection;
use dkmio_tests::orders::Orders;

#[derive(Projection)]
#[projection(of = Orders)]
pub struct Summary {
    pub total: u64,
}

fn main() {}
