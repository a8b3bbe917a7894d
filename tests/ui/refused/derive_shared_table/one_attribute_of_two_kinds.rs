//! An attribute of several keys is stored in one way.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "a", sk = ("n", N))]
#[gsi(gsi2, name = "GSI2", pk = ("a", N))]
pub struct Shop;

fn main() {}
