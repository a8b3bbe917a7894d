//! `PageItems`: receives the items of one page.

use super::unreadable::OnUnreadable;
use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, Reader, UnreadItems};
use crate::error::Error;
use crate::executor::ItemSink;
use crate::expr::Decoder;
use crate::schema::{KeySchema, KindCheck};
use crate::value::Item;

/// The sink of one page. `Walk` makes it; `Ends` takes its items, and the keys of its first and last item.
pub(super) struct PageItems<O: Send + 'static, E: OnUnreadable> {
    decoder: Decoder<O>,
    table: &'static str,
    keys: &'static KeySchema,
    /// The number of items that are handed out at most; the items after them are only counted.
    limit: Option<usize>,
    /// The number of items that came.
    seen: usize,
    /// 1 if the first item is kept, because its keys make the cursor of the page before; else 0.
    wanted_first: usize,
    first: Option<Item>,
    /// The last item within the limit, if the limit was reached: its keys make the cursor of the next page.
    last: Option<Item>,
    items: Vec<E::Of<O>>,
    /// What an item must be, if it is not DynamoDB that leaves out the others.
    kind: Option<KindCheck>,
    /// The number of items that came and are of other kinds.
    of_other_kinds: usize,
    /// `true` if the items are counted and not handed out.
    only_counts: bool,
    /// The error that ends the read; the items after it are not decoded.
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
            kind: None,
            of_other_kinds: 0,
            only_counts: false,
            error: None,
        }
    }

    /// Leaves out the items that are of other kinds.
    pub(super) fn of_kind(self, kind: Option<KindCheck>, only_counts: bool) -> Self {
        Self {
            kind,
            only_counts,
            ..self
        }
    }

    /// Returns the number of items that were left out.
    pub(super) fn of_other_kinds(&self) -> usize {
        self.of_other_kinds
    }

    /// Returns the number of items that came.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    /// Returns the first item, if it is kept.
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

    /// Counts an item; `true` if it is handed out.
    fn counts(&mut self) -> bool {
        self.seen += 1;
        !self.only_counts
            && self.error.is_none()
            && self.limit.is_none_or(|limit| self.seen <= limit)
    }

    /// `true` if the item that was counted last is kept.
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
            .of_kind(self.kind, self.only_counts)
    }

    fn expect(&mut self, count: usize) {
        let wanted = self.limit.map_or(count, |limit| limit.min(count));
        self.items.reserve_exact(wanted);
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if let Some(kind) = self.kind
            && !kind.holds_for_next(reader)?
        {
            self.of_other_kinds += 1;
            return wire::skip_item(reader);
        }
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
        // The page has to be cut, so that the last item within the limit has to be found.
        if self.kind.is_some() || self.limit.is_some_and(|limit| count > limit) {
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
        let Some(item) = item else { return };
        if self.kind.is_some_and(|kind| !kind.holds_for(&item)) {
            self.of_other_kinds += 1;
            return;
        }
        if !self.counts() {
            return;
        }
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
