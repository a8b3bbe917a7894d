//! A global index is always eventually consistent.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status().query(Status::Pending).consistent();
}
