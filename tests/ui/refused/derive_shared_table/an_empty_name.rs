//! The name of an attribute is not empty.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "", sk = "SK", kind = "")]
pub struct Shop;

fn main() {}
