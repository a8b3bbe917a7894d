//! A newtype is a key if what is in it is one.

use dkmio::KeyAttribute;
use serde::Serialize;

#[derive(Serialize, KeyAttribute)]
pub struct Paid(bool);

fn main() {}
