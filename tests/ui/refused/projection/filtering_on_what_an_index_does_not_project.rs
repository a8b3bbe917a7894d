//! A filter sees only what the index projects: DynamoDB would take the attribute for absent.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .filter(|o| o.total().ge(100) & o.description().contains("gift"));
}
