//! The key of a global index has at most four attributes.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[gsi(gsi1, pk = ("a", "b", "c", "d", "e"))]
pub struct Shop;

fn main() {}
