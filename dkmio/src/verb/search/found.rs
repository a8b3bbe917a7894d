//! What a search found: each item with its score.

use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, Reader};
use crate::error::Error;
use crate::executor::ItemSink;
use crate::expr::Decoder;
use crate::schema::{Table, VectorSource};
use crate::value::{Distance, Item, Score};
use std::marker::PhantomData;

/// An item that a search found, and how near it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<T, S = Distance> {
    /// The item, or what was selected of it.
    pub item: T,
    /// How near it is: a [`Distance`], or a [`Similarity`](crate::Similarity). Both sort the nearest first.
    pub score: S,
}

/// Receives the items of a search, and their scores.
pub(super) struct SearchSink<S: VectorSource, O> {
    decoder: Decoder<O>,
    /// The items that have their score; then one that waits for it.
    found: Vec<(O, Option<f64>)>,
    /// The error of the first item that does not read.
    error: Option<Box<Error>>,
    source: PhantomData<fn() -> S>,
}

impl<S: VectorSource, O> SearchSink<S, O> {
    pub(super) fn new(decoder: Decoder<O>) -> Self {
        Self {
            decoder,
            found: Vec::new(),
            error: None,
            source: PhantomData,
        }
    }

    pub(super) fn into_matches(self) -> Result<Vec<Match<O, S::Score>>, Error> {
        if let Some(error) = self.error {
            return Err(*error);
        }
        let found = self.found.into_iter();
        Ok(found
            .map(|(item, score)| Match {
                item,
                score: S::Score::of(score.unwrap_or(f64::NAN)),
            })
            .collect())
    }

    fn take(&mut self, result: Result<O, CodecError>, item: impl FnOnce() -> Option<Item>) {
        match result {
            Ok(item) => self.found.push((item, None)),
            Err(error) if self.error.is_none() => {
                let schema = S::Table::SCHEMA;
                let key = item().map(|item| schema.keys().of(&item));
                let key = key.filter(|key| !key.is_empty());
                let error = error.into_decode(Some(schema.name()), key);
                self.error = Some(Box::new(error));
            }
            Err(_) => {}
        }
    }
}

impl<S: VectorSource, O: Send + 'static> ItemSink for SearchSink<S, O> {
    fn for_attempt(&self) -> Self {
        Self::new(self.decoder.clone())
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let start = reader.position();
        let result = self.decoder.read(reader)?;
        self.take(result, || wire::read_again(reader, start).ok());
        Ok(())
    }

    fn push(&mut self, _: &str, item: Option<Item>) {
        let item = item.unwrap_or_default();
        let keys = S::Table::SCHEMA.keys().of(&item);
        let result = self.decoder.decode(item);
        self.take(result, || Some(keys));
    }

    fn score(&mut self, score: f64) {
        if let Some((_, last @ None)) = self.found.last_mut() {
            *last = Some(score);
        }
    }
}
