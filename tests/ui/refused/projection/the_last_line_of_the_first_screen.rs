//! The last line of the README's first screen: the index does not project `description`.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    Orders::by_status().query(Status::Pending).select(|o| o.description());
}
