//! A global index has a partition key.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", sk = "GSI1SK")]
pub struct Shop;

fn main() {}
