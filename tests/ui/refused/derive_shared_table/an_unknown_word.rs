//! The words of a shared table are few.

use dkmio::SharedTable;

#[derive(SharedTable)]
#[dkmio(tabel = "shop")]
#[keys(pk = "PK", kid = "kind")]
#[gsi(gsi1, nme = "GSI1", pk = "GSI1PK")]
pub struct Shop;

fn main() {}
