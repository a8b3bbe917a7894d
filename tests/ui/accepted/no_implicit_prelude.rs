//! A module may do without the prelude, and says so.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, reason = "only compiled")]

use ::dkmio::{DynamoDocument, DynamoTable, KeyAttribute, Projection};
use ::serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
#[dkmio(no_implicit_prelude)]
enum Status {
    Open,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "orders", no_implicit_prelude)]
#[gsi(by_status, pk = status, sk = total, project(note))]
#[lsi(by_total, sk = total, project = keys_only)]
struct Orders {
    #[pk]
    user_id: ::std::string::String,
    #[sk]
    order_id: u64,
    status: ::std::option::Option<Status>,
    total: u64,
    #[serde(default)]
    note: ::std::string::String,
    #[serde(with = "::dkmio::decimal")]
    net: ::rust_decimal::Decimal,
    #[dkmio(document)]
    address: ::std::option::Option<Address>,
    #[ttl]
    expires_at: ::std::option::Option<::dkmio::Ttl>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
#[dkmio(no_implicit_prelude)]
struct Address {
    city: ::std::string::String,
    zip: ::std::option::Option<::std::string::String>,
}

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
#[dkmio(no_implicit_prelude)]
struct Summary {
    total: u64,
}

fn main() {
    ::dkmio_tests::schemas::is_accepted::<Orders>();
    let _ = Orders::get(("usr_123", 5)).select(|o| (o.total(), o.address().zip()));
    let _ = Orders::by_status()
        .query(Status::Open)
        .sk(|k| k.ge(100))
        .select_as::<Summary>();
}
