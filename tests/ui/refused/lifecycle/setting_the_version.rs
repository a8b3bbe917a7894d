//! Every write moves the version by itself.

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

fn main() {
    let _ = Orders::update("o1").set(|o| o.version(), Version::new(3));
    let _ = Orders::update("o1").add(|o| o.version(), 1);
}
