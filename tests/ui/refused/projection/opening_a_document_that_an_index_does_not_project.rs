//! A nested path needs its document projected.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .select(|o| (o.user_id(), o.address().city()));
}
