//! Each attribute of a sort key is compared once.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::by_day()
        .query(("acme", "eu"))
        .sk(|k| k.eq(2025).eq(3).eq("evt_1").eq("evt_2"));
}
