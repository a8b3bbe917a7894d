//! A shared table says which table it is.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
pub struct Shop;

fn main() {}
