//! A table has a partition key.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(sk = "SK", kind = "kind")]
pub struct Shop;

fn main() {}
