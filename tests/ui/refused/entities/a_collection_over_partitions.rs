//! A query of a collection reads one partition.

use dkmio::{DynamoEntities, DynamoEntity};
use dkmio_tests::shop::{Shop, User};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shop, kind = "invoice")]
#[key(pk = "INVOICE#{number}", sk = "INVOICE")]
struct Invoice {
    number: String,
}

#[derive(DynamoEntities)]
#[entities(of = Shop, collection)]
enum Account {
    User(User),
    Invoice(Invoice),
}

fn main() {}
