//! Items without the attribute of the kind are told by their keys only where there is one.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", adopt)]
pub struct Shop;

fn main() {}
