//! The kind of an item is text.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = kind, escape = percent)]
pub struct Shop;

fn main() {}
