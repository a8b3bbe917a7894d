//! Each attribute of a sort key of several is a key, and no filter sees it.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::by_day()
        .query(("acme", "eu"))
        .filter(|e| e.month().eq(3));
}
