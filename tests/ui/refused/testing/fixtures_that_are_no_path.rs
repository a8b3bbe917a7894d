//! Fixtures are the path of a file.

use dkmio_tests::orders::Orders;

#[dkmio::test(Orders = 3)]
async fn finds_three(db: dkmio::DynamoDb) {
    let _ = db;
}

fn main() {}
