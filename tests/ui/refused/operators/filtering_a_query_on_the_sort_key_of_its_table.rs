//! DynamoDB refuses a filter on a key of what is queried: the sort key has `sk(..)`.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::query("usr_123").filter(|o| o.order_id().ge("ord_456"));
}
