//! A number that is a key never changes.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::update(("evt_1", 1_735_689_600)).add(|e| e.at(), 1);
}
