//! What has nothing borrowed is read with `.select_as`.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Sum {
    total: u64,
}

fn main() {
    let _ = Orders::query("usr_123").select_borrowed::<Sum>();
}
