//! Keys are always projected, and the kind is too.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, name = "GSI1", pk = "GSI1PK", project(SK, kind, total, total))]
pub struct Shop;

fn main() {}
