//! Each index has a name of its own.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK")]
#[gsi(gsi2, name = "GSI1", pk = "GSI2PK")]
pub struct Shop;

fn main() {}
