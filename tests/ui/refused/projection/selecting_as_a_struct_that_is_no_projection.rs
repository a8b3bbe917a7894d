//! Only a struct that derives `Projection` can be selected as.

use dkmio as _;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize)]
struct Detail {
    total: u64,
}

fn main() {
    let _ = Orders::query("usr_123").select_as::<Detail>();
}
