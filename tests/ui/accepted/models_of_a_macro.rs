//! What a `macro_rules!` macro hands on, each kind of fragment, means in attributes what it means when it is written out.

use dkmio::{DynamoDocument, DynamoTable, Error, KeyAttribute, Projection, Set, Table};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, KeyAttribute)]
pub enum Kind {
    Small,
    Large,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
pub struct Place {
    pub city: String,
}

mod text {
    pub fn serialize<S: serde::Serializer>(n: &Option<u64>, to: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&n.map(|n| n.to_string()), to)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
        let text: Option<String> = serde::Deserialize::deserialize(from)?;
        Ok(text.and_then(|text| text.parse().ok()))
    }
}

fn seven() -> u64 {
    7
}

macro_rules! model {
    (
        $vis:vis $name:ident, $summary:ident, $table:literal, $krate:literal, $index:ident = $index_name:expr,
        $key:ident: $key_type:ty, $optional:ty, $wire:literal, $default:literal, $with:expr, $case:literal,
        $meta:meta, $word:path
    ) => {
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = $table, crate = $krate)]
        #[gsi($index, name = $index_name, pk = $key, project($word))]
        #[gsi(by_both, pk = ($key, $word), project = keys_only)]
        #[serde(rename_all = $case)]
        #[$meta]
        $vis struct $name {
            #[pk]
            pub user_id: String,
            pub $key: $key_type,
            #[serde(rename = $wire, default = $default)]
            pub total: u64,
            #[serde(default, with = $with)]
            pub count: $optional,
            pub note: $optional,
            pub tags: Set<$key_type>,
            #[dkmio(document)]
            pub place: Option<Place>,
        }

        #[derive(Debug, PartialEq, Deserialize, Projection)]
        #[projection(of = $name)]
        #[dkmio(crate = $krate)]
        #[serde(rename_all = $case)]
        struct $summary {
            user_id: String,
            #[serde(rename = $wire)]
            amount: u64,
            note: $optional,
        }
    };
}

macro_rules! model_of_expressions {
    ($name:ident, $table:expr, $index:ident, $key:expr, $word:expr, $of:path) => {
        #[derive(Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = $table)]
        #[gsi($index, pk = $key, sk = ($word), project = all)]
        struct $name {
            #[pk]
            id: String,
            kind: Kind,
            total: Option<u64>,
        }

        const _: () = {
            #[derive(Deserialize, Projection)]
            #[projection(of = $of)]
            #[allow(dead_code)]
            struct Part {
                id: String,
            }
        };
    };
}

model!(
    pub Orders, Summary, "orders", "dkmio", by_kind = "gsi-kind", kind: Kind, Option<u64>, "sum", "seven", "text", "camelCase",
    allow(clippy::module_name_repetitions), total
);
model_of_expressions!(Others, "others", by_total, kind, total, Others);

fn main() -> Result<(), Error> {
    dkmio_tests::schemas::is_accepted::<Orders>();
    dkmio_tests::schemas::is_accepted::<Others>();
    assert_eq!(Orders::SCHEMA.name(), "orders");
    assert_eq!(
        Orders::SCHEMA.attributes(),
        ["userId", "kind", "sum", "count", "note", "tags", "place"]
    );
    assert_eq!(Orders::SCHEMA.required(), ["userId", "kind"]);
    let names: Vec<_> = Orders::SCHEMA.indexes().iter().map(|i| i.name()).collect();
    assert_eq!(names, ["gsi-kind", "by-both"]);
    assert_eq!(Others::SCHEMA.name(), "others");
    let update = Orders::update("u_1")
        .set(|o| o.total(), 3)
        .set(|o| o.count(), 5)
        .remove(|o| o.note())
        .explain()?;
    assert!(update.to_string().contains("sum"));
    let _ = Orders::by_kind().query(Kind::Small).select(|o| o.total());
    let _ = Orders::scan().select_as::<Summary>();
    let _ = Others::by_total().query(Kind::Large).sk(|k| k.ge(3));
    Ok(())
}
