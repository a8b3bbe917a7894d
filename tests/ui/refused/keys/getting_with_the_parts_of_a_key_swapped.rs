//! The parts of a key are in the order partition key, sort key.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::get((1_735_689_600, "evt_1"));
}
