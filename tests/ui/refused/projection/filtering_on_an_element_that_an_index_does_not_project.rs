//! An element of a list needs the list projected.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .filter(|o| o.items().at(0).qty().ge(2));
}
