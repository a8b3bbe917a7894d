//! A batch has no conditions, so that it cannot check a version.

use dkmio::{DynamoTable, EpochSeconds, Version};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    pub total: u64,
    #[version]
    pub version: Version,
    #[updated_at]
    pub updated_at: Option<EpochSeconds>,
}

fn put(orders: &[Orders]) {
    let _ = Orders::batch_write().put_all(orders);
    let _ = Orders::batch_write().put(&orders[0]);
    let _ = dkmio::batch_write().add(Orders::put(&orders[0]));
}

fn main() {
    put(&[]);
}
