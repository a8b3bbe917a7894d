//! A public table may have private fields of private types: its attributes are as private as they are.
#![deny(warnings)]
#![allow(dead_code, reason = "only compiled")]

mod models {
    use dkmio::{DynamoDocument, DynamoTable, Projection};
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "orders")]
    #[gsi(by_total, pk = total, project(state, history))]
    pub struct Orders {
        #[pk]
        pub id: String,
        pub total: u64,
        state: State,
        #[serde(default)]
        history: Option<Vec<State>>,
        #[dkmio(document)]
        origin: Option<Origin>,
        #[serde(with = "dkmio::decimal")]
        net: rust_decimal::Decimal,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    enum State {
        New,
        Paid { at: u64 },
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
    struct Origin {
        shop: Shop,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Shop(String);

    #[derive(Deserialize, Projection)]
    #[projection(of = Orders)]
    pub struct Summary {
        #[serde(rename = "state")]
        now: State,
        history: Option<Vec<State>>,
    }

    pub fn paid(at: u64) {
        let _ = Orders::scan()
            .filter(|o| o.state().eq(State::Paid { at }))
            .select(|o| (o.state(), o.origin().shop()));
        let _ = Orders::by_total().query(5).select_as::<Summary>();
    }
}

fn main() {
    dkmio_tests::schemas::is_accepted::<models::Orders>();
    models::paid(1);
}
