//! Generated code passes the strictest lints of the crate that it is put in.
#![deny(missing_docs, warnings, unused_qualifications)]
#![deny(
    missing_debug_implementations,
    unreachable_pub,
    single_use_lifetimes,
    trivial_casts,
    unused_lifetimes,
    elided_lifetimes_in_paths,
    non_ascii_idents,
    unsafe_code,
    variant_size_differences
)]
#![allow(dead_code, reason = "only compiled")]

/// A module, so that visibility means something.
pub mod models {
    use dkmio::{DynamoDocument, DynamoTable, KeyAttribute, Projection, Set, Ttl};
    use serde::{Deserialize, Serialize};

    /// How far an order is.
    #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
    pub enum Status {
        /// Not yet sent.
        Draft,
    }

    /// Orders.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
    #[dkmio(table = "orders")]
    #[gsi(by_status, pk = status, sk = total, project(note))]
    #[lsi(by_total, sk = total, project = keys_only)]
    pub struct Orders {
        /// Who ordered.
        #[pk]
        pub user_id: String,
        /// The order.
        #[sk]
        pub order_id: u64,
        /// How far it is.
        pub status: Option<Status>,
        /// In cents.
        pub total: u64,
        /// A note, in a form of its own.
        #[serde(with = "super::text", default)]
        pub note: u64,
        /// Where to.
        #[dkmio(document)]
        pub address: Option<Address>,
        /// Labels.
        pub tags: Set<String>,
        /// When it goes.
        #[ttl]
        pub expires_at: Option<Ttl>,
    }

    /// An address.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
    pub struct Address {
        /// The city.
        pub city: String,
    }

    /// Some of an order.
    #[derive(Debug, Deserialize, Projection)]
    #[projection(of = Orders)]
    pub struct Summary {
        /// In cents.
        pub total: u64,
    }
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(note: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(note)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<u64, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn main() {
    dkmio_tests::schemas::is_accepted::<models::Orders>();
    let _ = models::Orders::by_total()
        .query("usr_123")
        .select_as::<models::Summary>();
}
