//! DynamoDB has no order for documents; their attributes compare.

use dkmio as _;
use dkmio_tests::orders::{Address, Orders};

fn main() {
    let _ = Orders::scan().filter(|o| o.address().le(Address::default()));
}
