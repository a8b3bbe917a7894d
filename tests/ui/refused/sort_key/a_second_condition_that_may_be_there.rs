//! One condition on the sort key is enough, also where one of two may be absent.

use dkmio as _;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let until: Option<&str> = None;
    let _ = Orders::by_status()
        .query(Status::Pending)
        .sk(|k| k.ge("2025-01-01"))
        .sk_if(until, |k, until| k.lt(until));
}
