//! A string is borrowed as a string, and nothing else is.

use dkmio::Projection;
use dkmio_tests::orders::Orders;
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
struct Row<'a> {
    total: &'a str,
    region: &'a str,
    #[serde(borrow)]
    tags: Vec<&'a str>,
}

fn main() {}
