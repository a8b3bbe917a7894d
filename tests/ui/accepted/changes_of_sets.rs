//! Changes of sets that are private, bare of traits, called by keywords, or in a function.

#![deny(warnings, missing_docs, unreachable_pub)]
#![allow(dropping_copy_types, reason = "only read")]

use dkmio::{Change, DynamoEntities, DynamoEntity, Error, KeyChange, Latest, Record, SharedTable};
use serde::{Deserialize, Serialize};

/// The table.
#[derive(SharedTable)]
#[dkmio(table = "things")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
pub struct T;

/// Without any trait but those that it needs.
#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = T, kind = "bare")]
#[key(pk = "BARE#{id}", sk = "BARE")]
pub struct Bare {
    id: u32,
}

/// Called by a keyword.
#[derive(Debug, PartialEq, Serialize, Deserialize, DynamoEntity)]
#[entity(of = T, kind = "type")]
#[key(pk = "TYPE#{r#type}", sk = "TYPE")]
pub struct r#Type {
    r#type: String,
}

/// A set of both.
#[derive(DynamoEntities)]
#[entities(of = T)]
pub enum Both {
    /// Bare.
    Bare(Bare),
    /// Not.
    r#Type(r#Type),
}

#[derive(DynamoEntities)]
#[entities(of = T, skip_unknown)]
enum One {
    Only(Bare),
}

fn read(record: &Record) -> Result<(), Error> {
    match BothChange::of(record)? {
        Some(BothChange::Bare(Change::Insert { new })) => drop(new.id),
        Some(BothChange::Type(change)) => drop(format!("{change:?}")),
        Some(BothChange::Bare(_)) | None => {}
    }
    let change: Option<Change<One>> = Change::of(record)?;
    drop(change.is_some_and(|change| matches!(change.after(), Some(One::Only(_)))));
    match Latest::<Both>::of(record)? {
        Some(Latest::Present(Both::Bare(bare))) => drop(bare.id),
        Some(Latest::Gone(BothKey::Type(key))) => drop(key.r#type),
        _ => {}
    }
    if let Some(KeyChange { key: OneKey::Only(key), .. }) = KeyChange::<One>::of(record)? {
        drop(key.id);
    }
    Ok(())
}

/// A set in a function is out of reach of paths.
fn local(record: &Record) -> bool {
    #[derive(Debug, Serialize, Deserialize, DynamoEntity)]
    #[entity(of = T, kind = "local")]
    #[key(pk = "LOCAL#{n}", sk = "{m}")]
    struct Local {
        n: u8,
        m: u64,
    }
    #[derive(Debug, DynamoEntities)]
    #[entities(of = T)]
    enum Set {
        Local(Local),
    }
    let _ = |local: Local| (local.n, local.m);
    matches!(SetChange::of(record), Ok(Some(SetChange::Local(_))))
}

fn main() -> Result<(), Error> {
    let json = r#"{"eventName": "INSERT", "dynamodb": {
        "Keys": {"PK": {"S": "TYPE#a"}, "SK": {"S": "TYPE"}},
        "NewImage": {"PK": {"S": "TYPE#a"}, "SK": {"S": "TYPE"}, "kind": {"S": "type"}, "type": {"S": "a"}}
    }}"#;
    let record = Record::from_json(json)?;
    let new = Type { r#type: "a".to_owned() };
    assert!(matches!(BothChange::of(&record)?, Some(BothChange::Type(c)) if c == Change::Insert { new }));
    read(&record)?;
    assert!(!local(&record));
    Ok(())
}
