//! The request that each verb and option makes, as `explain()` shows it.
//!
//! `golden/<verb>.json` holds what was recorded and read; `DKMIO_UPDATE_GOLDEN=1 cargo test -p dkmio-tests --test requests`
//! records it anew.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking"
)]

mod delete;
mod entities;
mod get;
mod put;
mod query;
mod refused;
mod scan;
mod search;
mod sent;
mod shapes;
mod update;

use dkmio::{Error, Explain};
use serde_json::{Map, Value};
use std::path::Path;

/// A case: what it shows, and the request.
type Case = (&'static str, Result<Explain, Error>);

fn check(verb: &str, cases: Vec<Case>) {
    let mut actual = Map::new();
    for (name, explained) in cases {
        let explained = explained.unwrap_or_else(|e| panic!("{verb}: {name}: {e}"));
        let earlier = actual.insert(name.to_owned(), serde_json::to_value(explained).unwrap());
        assert!(earlier.is_none(), "{verb} has two cases `{name}`");
    }
    let actual = Value::Object(actual);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("requests/golden/{verb}.json"));
    if std::env::var_os("DKMIO_UPDATE_GOLDEN").is_some() {
        let text = serde_json::to_string_pretty(&actual).unwrap();
        std::fs::write(&path, text + "\n").unwrap();
        return;
    }
    let recorded: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let (actual, recorded) = (actual.as_object().unwrap(), recorded.as_object().unwrap());
    for (name, request) in actual {
        assert_eq!(Some(request), recorded.get(name), "{verb}: {name}");
    }
    assert_eq!(
        actual.len(),
        recorded.len(),
        "{verb}: a recorded case is gone"
    );
}
