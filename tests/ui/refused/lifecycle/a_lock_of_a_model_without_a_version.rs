//! Without a version there is nothing to unlock, and nothing to be unchanged.

use dkmio::DynamoTable;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders")]
pub struct Orders {
    #[pk]
    pub id: String,
    pub total: u64,
}

fn write(order: &Orders) {
    let _ = Orders::put(order).unlocked();
    let _ = Orders::batch_write().put_unlocked(order);
}

fn main() {
    write(&Orders { id: String::new(), total: 1 });
}
