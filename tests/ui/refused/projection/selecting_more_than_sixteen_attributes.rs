//! A tuple of attributes has at most sixteen; more are a struct's business.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let _ = Orders::scan().select(|o| {
        (
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
            o.total(),
        )
    });
}
