//! DynamoDB refuses a filter on the partition key of the index that is queried.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .filter(|o| o.status().ne(Status::Draft));
}
