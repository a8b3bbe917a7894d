//! A shared table has no items of its own.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "shop")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
pub struct Shop {
    pub id: String,
}

fn main() {}
