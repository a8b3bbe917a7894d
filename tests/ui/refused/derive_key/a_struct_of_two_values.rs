//! A key holds one value.

use dkmio::KeyAttribute;
use serde::Serialize;

#[derive(Serialize, KeyAttribute)]
pub struct OrderId(u64, u64);

fn main() {}
