//! A local index sorts by another attribute.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[lsi(lsi1, name = "LSI1", sk = "SK")]
pub struct Shop;

fn main() {}
