//! Types that derive `KeyAttribute` are members of keys where their text sorts, and compile where it does not.

use dkmio::{Bytes, KeyAttribute, KeyMember};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, KeyAttribute)]
struct UserId(String);
#[derive(Serialize, Deserialize, KeyAttribute)]
struct OrderId(UserId);
#[derive(Serialize, Deserialize, KeyAttribute)]
struct Number(u32);
#[derive(Serialize, Deserialize, KeyAttribute)]
enum Status {
    Pending,
    Shipped,
}
// A key, and no member.
#[derive(Serialize, Deserialize, KeyAttribute)]
struct Digest(Bytes);

fn is_member<T: KeyMember>() {}

fn main() {
    is_member::<UserId>();
    is_member::<OrderId>();
    is_member::<Option<Number>>();
    is_member::<Status>();
    let _ = (Status::Pending, Status::Shipped, UserId(String::new()), Number(1));
    let _ = (Digest(Bytes::default()), OrderId(UserId(String::new())));
}
