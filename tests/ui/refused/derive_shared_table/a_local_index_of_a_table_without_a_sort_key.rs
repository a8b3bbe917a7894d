//! A table with a local index has a sort key.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", kind = "kind")]
#[lsi(lsi1, name = "LSI1", sk = "LSI1SK")]
pub struct Shop;

fn main() {}
