//! An `Option` may be `None`, which nothing compares with.

use dkmio as _;
use dkmio_tests::orders::Orders;

fn main() {
    let region: Option<String> = Some(String::from("eu"));
    let _ = Orders::scan().filter(|o| o.region().eq(&region));
}
