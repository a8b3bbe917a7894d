//! What a key may hold, and how many results of which kind there were.

use dkmio::Error;
use std::collections::BTreeMap;
use std::fmt;

/// What one key may hold, as its one writer knows: one state, or several after writes that may have happened.
#[derive(Clone, Debug)]
pub(crate) struct Account(Vec<Option<u64>>);

impl Account {
    /// There is no item yet.
    pub(crate) fn new() -> Self {
        Self(vec![None])
    }

    /// A write was acknowledged.
    pub(crate) fn wrote(&mut self, state: Option<u64>) {
        self.0 = vec![state];
    }

    /// A write may have happened.
    pub(crate) fn may_have_written(&mut self, state: Option<u64>) {
        if !self.0.contains(&state) {
            self.0.push(state);
        }
    }

    /// The item was found in this state, which it must be able to have.
    pub(crate) fn found(&mut self, state: Option<u64>, key: &str) {
        assert!(
            self.0.contains(&state),
            "{key} holds {state:?}, and may hold {:?}",
            self.0
        );
        self.0 = vec![state];
    }

    /// There is an item, it was said; which must be able to be.
    pub(crate) fn exists(&mut self, key: &str) {
        self.0.retain(Option::is_some);
        assert!(!self.0.is_empty(), "there can be no item at {key}");
    }
}

/// Results, counted by what they were.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally(BTreeMap<String, usize>);

impl Tally {
    pub(crate) fn count<T>(&mut self, result: &Result<T, Error>) {
        let name = match result {
            Ok(_) => "done".to_owned(),
            Err(e) if e.is_ambiguous() => format!("{}, ambiguous", e.kind()),
            Err(e) => e.kind().to_owned(),
        };
        self.note(name);
    }

    pub(crate) fn note(&mut self, name: String) {
        *self.0.entry(name).or_default() += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            *self.0.entry(name.clone()).or_default() += count;
        }
    }

    pub(crate) fn operations(&self) -> usize {
        self.0.values().sum()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count) in &self.0 {
            writeln!(f, "{count:8} {name}")?;
        }
        write!(f, "{:8} in all", self.operations())
    }
}
