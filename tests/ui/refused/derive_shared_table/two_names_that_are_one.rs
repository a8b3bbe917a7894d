//! Each attribute has a name of its own.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "PK", kind = "PK")]
pub struct Shop;

fn main() {}
