//! A stream has changes of a model, an entity or a set.

use dkmio::{Change, Error, Record};

#[derive(serde::Deserialize)]
struct Order {
    id: String,
}

fn shipped(record: &Record) -> Result<bool, Error> {
    Ok(Change::<Order>::of(record)?.is_some_and(|change| change.after().is_some()))
}

fn main() {
    let _ = (shipped, |order: Order| order.id);
}
