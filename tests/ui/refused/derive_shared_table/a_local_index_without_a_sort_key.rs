//! A local index has a sort key.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
#[lsi(lsi1, name = "LSI1")]
pub struct Shop;

fn main() {}
