//! A key derives `Serialize`, which writes it.

use dkmio::KeyAttribute;

#[derive(KeyAttribute)]
pub struct OrderId(String);

fn main() {}
