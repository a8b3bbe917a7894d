//! A handler takes what happened to an item, and not the item.

use dkmio::{Error, Records};
use dkmio_tests::orders::Orders;

async fn work(records: Records) {
    let response = records.each(async |order: Orders| {
        drop(order);
        Ok::<_, Error>(())
    });
    let _ = response.await.failed_at();
}

fn main() {
    let _ = work;
}
