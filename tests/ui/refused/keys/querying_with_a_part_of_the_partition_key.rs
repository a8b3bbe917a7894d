//! A partition key of several attributes is given whole.

use dkmio as _;
use dkmio_tests::events::Events;

fn main() {
    let _ = Events::by_day().query("acme");
}
