//! What names an item of a public table is public.

use dkmio::{DynamoTable, KeyAttribute};
use serde::{Deserialize, Serialize};

mod models {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
    struct OrderId(String);

    #[derive(Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "orders")]
    pub struct Orders {
        #[pk]
        id: OrderId,
    }
}

fn main() {}
