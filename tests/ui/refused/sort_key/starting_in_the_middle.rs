//! The first attribute of a sort key comes first.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::by_day().query(("acme", "eu")).sk(|k| k.ge("evt_1"));
}
