//! What receives the items of a page.

use super::unreadable::OnUnreadable;
use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, Reader, UnreadItems};
use crate::error::Error;
use crate::executor::ItemSink;
use crate::expr::Decoder;
use crate::schema::KeySchema;
use crate::value::Item;

/// The items of one page, read as they come.
pub(super) struct PageItems<O: Send + 'static, E: OnUnreadable> {
    decoder: Decoder<O>,
    table: &'static str,
    keys: &'static KeySchema,
    /// How many of them are handed out, if there is a limit; the others only count.
    limit: Option<usize>,
    seen: usize,
    /// The number of the item whose keys the page before is found by: the first one, or none.
    wanted_first: usize,
    first: Option<Item>,
    /// The last one within the limit, for its keys.
    last: Option<Item>,
    items: Vec<E::Of<O>>,
    /// The error that ends the read; what comes after it is not read.
    error: Option<Box<Error>>,
}

impl<O: Send + 'static, E: OnUnreadable> PageItems<O, E> {
    pub(super) fn new(
        decoder: Decoder<O>,
        table: &'static str,
        keys: &'static KeySchema,
        limit: Option<usize>,
        keeps_first: bool,
    ) -> Self {
        Self {
            decoder,
            table,
            keys,
            limit,
            seen: 0,
            wanted_first: usize::from(keeps_first),
            first: None,
            last: None,
            items: Vec::new(),
            error: None,
        }
    }

    /// Returns how many items came.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    /// Returns the first item, if it was to be kept.
    pub(super) fn first(&self) -> Option<&Item> {
        self.first.as_ref()
    }

    /// Returns the last item within the limit.
    pub(super) fn last(&self) -> Option<&Item> {
        self.last.as_ref()
    }

    pub(super) fn into_items(self) -> Result<Vec<E::Of<O>>, Error> {
        match self.error {
            None => Ok(self.items),
            Some(error) => Err(*error),
        }
    }

    /// Counts an item; `false` if it is not handed out.
    fn counts(&mut self) -> bool {
        self.seen += 1;
        self.error.is_none() && self.limit.is_none_or(|limit| self.seen <= limit)
    }

    /// Whether the item that was counted last is to be kept.
    fn is_kept(&self) -> bool {
        self.seen == self.wanted_first || self.limit == Some(self.seen)
    }

    fn keep(&mut self, item: Item) {
        if self.seen == self.wanted_first {
            self.first = Some(item.clone());
        }
        if self.limit == Some(self.seen) {
            self.last = Some(item);
        }
    }

    fn fail(&mut self, error: CodecError, key: Item) {
        let key = (!key.is_empty()).then_some(key);
        match E::unread(error.into_decode_error(Some(self.table), key)) {
            Ok(item) => self.items.push(item),
            Err(error) => self.error = Some(Box::new(error.into())),
        }
    }
}

impl<O: Send + 'static, E: OnUnreadable> ItemSink for PageItems<O, E> {
    fn for_attempt(&self) -> Self {
        let keeps_first = self.wanted_first > 0;
        let decoder = self.decoder.clone();
        Self::new(decoder, self.table, self.keys, self.limit, keeps_first)
    }

    fn expect(&mut self, count: usize) {
        let wanted = self.limit.map_or(count, |limit| limit.min(count));
        self.items.reserve_exact(wanted);
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if !self.counts() {
            return wire::skip_item(reader);
        }
        let start = reader.position();
        let result = self.decoder.read(reader)?;
        if self.is_kept() {
            self.keep(wire::read_again(reader, start)?);
        }
        match result {
            Ok(item) => self.items.push(E::read(item)),
            Err(error) => {
                let key = self.keys.of(&wire::read_again(reader, start)?);
                self.fail(error, key);
            }
        }
        Ok(())
    }

    fn wants_unread(&self) -> bool {
        self.decoder.wants_unread()
    }

    fn take_unread(&mut self, items: UnreadItems) -> bool {
        let count = items.count();
        // More than are handed out: the last of them has to be found.
        if self.limit.is_some_and(|limit| count > limit) {
            return false;
        }
        if self.wanted_first > 0 && self.seen == 0 {
            self.first = items.first();
        }
        self.seen += count;
        self.items
            .extend(self.decoder.take_unread(items).map(E::read));
        true
    }

    fn push(&mut self, _: &str, item: Option<Item>) {
        let Some(item) = item.filter(|_| self.counts()) else {
            return;
        };
        if self.is_kept() {
            self.keep(item.clone());
        }
        let key = self.keys.of(&item);
        match self.decoder.decode(item) {
            Ok(item) => self.items.push(E::read(item)),
            Err(error) => self.fail(error, key),
        }
    }
}
