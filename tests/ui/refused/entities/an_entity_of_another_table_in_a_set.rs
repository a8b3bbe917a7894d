//! A set names entities of one table.

use dkmio::{DynamoEntities, SharedTable};
use dkmio_tests::shop::{Order, User};

#[derive(SharedTable)]
#[dkmio(table = "warehouse")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
struct Warehouse;

#[derive(DynamoEntities)]
#[entities(of = Warehouse)]
enum Stock {
    Order(Order),
    User(User),
}

fn main() {}
