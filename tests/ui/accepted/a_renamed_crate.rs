//! The runtime crate can go by another name.
#![allow(dead_code, reason = "only compiled")]

extern crate dkmio as other;

use serde::{Deserialize, Serialize};

mod dkmio {
    //! Where generated code would look for the crate, if it were not told.
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, other::DynamoTable)]
#[dkmio(table = "orders", crate = "other")]
#[gsi(by_status, pk = status, project(total))]
#[gsi(by_net, pk = net, sk = tax)]
struct Orders {
    #[pk]
    id: OrderId,
    status: Option<String>,
    total: u64,
    #[serde(with = "text")]
    note: u64,
    #[serde(with = "other::decimal")]
    net: rust_decimal::Decimal,
    #[serde(default, with = "other::decimal::option")]
    tax: Option<rust_decimal::Decimal>,
    #[dkmio(document)]
    address: Address,
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(note: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(note)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, other::KeyAttribute)]
#[dkmio(crate = "other")]
struct OrderId(u64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, other::DynamoDocument)]
#[dkmio(crate = "other")]
struct Address {
    city: String,
}

#[derive(Deserialize, other::Projection)]
#[projection(of = Orders)]
#[dkmio(crate = "other")]
struct Summary {
    total: u64,
}

fn main() {
    dkmio_tests::schemas::is_accepted::<Orders>();
    let _ = Orders::get(OrderId(5)).select(|o| (o.address().city(), o.note()));
    let _ = Orders::by_net().query(rust_decimal::Decimal::ONE).sk(|k| k.ge(1));
    let _ = Orders::by_status().query("open").select_as::<Summary>();
}
