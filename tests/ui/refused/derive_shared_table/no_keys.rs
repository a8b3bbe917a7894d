//! A shared table names its key attributes.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
pub struct Shop;

fn main() {}
