//! A patch cannot change a member of the key.

use dkmio::DynamoPatch;
use dkmio_tests::shop::Order;

#[derive(DynamoPatch)]
#[patch(of = Order)]
struct OrderPatch {
    user_id: Option<String>,
    note: Option<Option<String>>,
}

fn main() {}
