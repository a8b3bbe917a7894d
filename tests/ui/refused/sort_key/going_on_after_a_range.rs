//! A range comes last: behind it, DynamoDB takes no further condition.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::by_day()
        .query(("acme", "eu"))
        .sk(|k| k.ge(2025).eq(3));
}
