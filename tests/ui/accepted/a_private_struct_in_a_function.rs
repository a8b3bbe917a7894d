//! A model may live in a function, private, with the types that it is made of.
#![deny(warnings)]
#![allow(dead_code, reason = "only compiled")]

fn main() {
    use dkmio::{DynamoDocument, DynamoTable, KeyAttribute, Projection};
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
    enum Status {
        Open,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
    struct Address {
        city: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "orders")]
    #[gsi(by_status, pk = status, project = keys_only)]
    struct Orders {
        #[pk]
        id: String,
        status: Status,
        #[dkmio(document)]
        address: Address,
    }

    #[derive(Deserialize, Projection)]
    #[projection(of = Orders)]
    struct Summary {
        id: String,
    }

    dkmio_tests::schemas::is_accepted::<Orders>();
    let _ = Orders::by_status()
        .query(Status::Open)
        .select_as::<Summary>();
    let _ = Orders::get("ord_456").select(|o| o.address().city());
}
