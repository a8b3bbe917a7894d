//! Only the keys of a global index have several attributes.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = ("PK", "P2"), sk = "SK", kind = "kind")]
#[lsi(lsi1, sk = ("a", "b"))]
pub struct Shop;

fn main() {}
