//! An index without sort key has no `sk(..)`, even if its table has one.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::by_region()
        .query("eu")
        .sk(|k| k.begins_with("ord_"));
}
