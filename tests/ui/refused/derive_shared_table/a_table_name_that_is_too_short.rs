//! The name of a table is one that DynamoDB takes.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(table = "sh")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
pub struct Shop;

fn main() {}
