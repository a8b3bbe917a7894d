//! An index has an accessor, by which entities name it.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(name = "GSI1", pk = "GSI1PK")]
pub struct Shop;

fn main() {}
