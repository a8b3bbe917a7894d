//! The attributes of a sort key are compared from the left, none left out.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::by_day()
        .query(("acme", "eu"))
        .sk(|k| k.eq(2025).ge("evt_1"));
}
