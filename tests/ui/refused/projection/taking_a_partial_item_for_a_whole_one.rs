//! What an index holds of an item has a type of its own, and never passes for the table's.

use dkmio::{DynamoDb, Error, Page};
use dkmio_tests::orders::{Orders, Status};

async fn run(db: &DynamoDb) -> Result<(), Error> {
    let page: Page<Orders> = Orders::by_status()
        .query(Status::Pending)
        .execute(db)
        .await?;
    drop(page);
    Ok(())
}

fn main() {
    let _ = run;
}
