//! No item can be of two entities of a set.

use dkmio::{DynamoEntities, DynamoEntity};
use dkmio_tests::shop::{Shop, User};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "admin")]
#[key(pk = "USER#{name}", sk = "PROFILE")]
struct Admin {
    name: String,
}

#[derive(DynamoEntities)]
#[entities(of = Shop)]
enum Person {
    User(User),
    Admin(Admin),
}

fn main() {}
