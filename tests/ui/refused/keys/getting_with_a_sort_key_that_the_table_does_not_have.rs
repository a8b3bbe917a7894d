//! Where the partition key is the whole key, it comes alone.

use dkmio as _;
use dkmio_tests::events::Users;

fn main() {
    let _ = Users::get(("usr_123", "ord_456"));
}
