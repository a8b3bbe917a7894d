//! What a write returns is a type: of a delete or put the old item, of an update also the new one.

use dkmio::{DynamoDb, Error, Partial};
use dkmio_tests::orders::{Orders, order};

async fn run(db: &DynamoDb) -> Result<(), Error> {
    let item = order("usr_123", "ord_456");
    let key = || ("usr_123", "ord_456");
    let (): () = Orders::put(&item).execute(db).await?;
    let _: Option<Orders> = Orders::put(&item).return_old().execute(db).await?;
    let _: Option<Orders> = Orders::delete(key()).return_old().execute(db).await?;
    let update = || Orders::update(key()).add(|o| o.total(), 1);
    let _: Option<Orders> = update().return_old().execute(db).await?;
    let _: Orders = update().return_new().execute(db).await?;
    let _: Partial<Orders> = update().return_updated_old().execute(db).await?;
    let _: u64 = update()
        .return_updated_new()
        .execute(db)
        .await?
        .get(|o| o.total())?;
    Ok(())
}

fn main() {
    let _ = run;
}
