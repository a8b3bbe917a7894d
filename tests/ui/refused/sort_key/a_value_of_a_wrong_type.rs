//! A sort key is compared with values of its type.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .sk(|k| k.ge(20250101));
}
