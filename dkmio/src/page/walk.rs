//! `Walk`: the state of a query or scan from page to page.

use super::cursor::owner::{CursorOwner, Start};
use super::ends::Ends;
use super::page::Page;
use super::page_items::PageItems;
use super::unreadable::{OnUnreadable, Stop};
use crate::error::{Error, ValidationCause};
use crate::executor::{PagedOperation, RawPage};
use crate::expr::{Decoder, Selected};
use crate::schema::{KeySchema, KindCheck};
use std::marker::PhantomData;

/// A query or scan that passed the checks before sending. The verb makes it; `Walk` takes it.
pub(crate) struct Prepared<R, O> {
    pub(crate) request: R,
    pub(crate) decoder: Decoder<O>,
    pub(crate) owner: CursorOwner,
    pub(crate) table: &'static str,
    pub(crate) table_keys: &'static KeySchema,
    /// `true` if the request has a filter of the user's.
    pub(crate) filtered: bool,
    /// `true` if the request filters by the kind of an entity. That filter does not count for paging.
    pub(crate) of_one_kind: bool,
    /// What an item must be, if it is not DynamoDB that leaves out the others.
    pub(crate) kind: Option<KindCheck>,
    /// `true` if the items are counted and not handed out.
    pub(crate) only_counts: bool,
    pub(crate) page_size: Option<u32>,
    pub(crate) limit: Option<usize>,
    pub(crate) start: Start,
    /// What the requests after the first one select, if that is more: their pages need the keys for the cursor of the page
    /// before.
    pub(crate) selected_later: Option<Selected>,
    /// `true` if pages are handed out, so that each needs the cursor of the page before.
    pub(crate) hands_out_pages: bool,
    /// `true` if a stream reads the next page while the user works on the last one.
    pub(crate) prefetch: bool,
}

impl<R: PagedOperation, O: Send + 'static> Prepared<R, O> {
    /// Returns the request for the first page.
    pub(crate) fn into_first_request(self) -> R {
        Walk::<R, O, Stop>::new(self).request()
    }
}

/// A query or scan, and how far it was read.
pub(super) struct Walk<R, O, E> {
    pub(super) prepared: Prepared<R, O>,
    /// The number of items that are still to be handed out; `None` without a limit.
    remaining: Option<usize>,
    /// The number of items that a request of one kind reads at least, because the last one met mostly others.
    reads_at_least: usize,
    /// `true` after the last page.
    pub(super) done: bool,
    on_unreadable: PhantomData<fn() -> E>,
}

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> Walk<R, O, E> {
    pub(super) fn new(mut prepared: Prepared<R, O>) -> Self {
        prepared.request.start_key().clone_from(&prepared.start.key);
        Self {
            remaining: prepared.limit,
            reads_at_least: 0,
            prepared,
            done: false,
            on_unreadable: PhantomData,
        }
    }

    /// Makes the request of the next page.
    pub(super) fn request(&self) -> R {
        let mut request = self.prepared.request.clone();
        *request.limit() = self.limit();
        request
    }

    /// Returns `Limit` of the next request: how many items it reads at most.
    pub(super) fn limit(&self) -> Option<i32> {
        // Without a filter DynamoDB returns all items that it reads, so that the last page need not be cut.
        let wanted = match self.remaining {
            Some(n) if !self.prepared.filtered => {
                Some(u32::try_from(n.max(self.reads_at_least)).unwrap_or(u32::MAX))
            }
            _ => None,
        };
        let size = match (self.prepared.page_size, wanted) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        size.map(|n| i32::try_from(n).unwrap_or(i32::MAX))
    }

    /// Returns the sink of the next page's items.
    pub(super) fn items(&self) -> PageItems<O, E> {
        let prepared = &self.prepared;
        let has_page_before = prepared.owner.has_way_back() && prepared.start.key.is_some();
        PageItems::new(
            prepared.decoder.clone(),
            prepared.table,
            prepared.table_keys,
            self.remaining,
            has_page_before && prepared.hands_out_pages,
        )
        .of_kind(prepared.kind, prepared.only_counts)
    }

    /// Makes the page of an answer, and prepares the next request.
    pub(super) fn finish(
        &mut self,
        mut raw: RawPage,
        items: PageItems<O, E>,
    ) -> Result<Page<E::Of<O>>, Error> {
        raw.count = raw.count.saturating_sub(items.of_other_kinds());
        if self.prepared.of_one_kind && raw.count * 2 < raw.scanned_count {
            self.reads_at_least = raw.scanned_count.saturating_mul(2);
        }
        let prepared = &mut self.prepared;
        let last = raw.last_evaluated_key.take();
        let mut ends = Ends::of(&prepared.owner, &prepared.start, last);
        if let Some(remaining) = self.remaining {
            // If the page is cut, the next one starts after the last item that is handed out, not after the page.
            if items.seen() > remaining {
                ends.last = items.last().and_then(|item| prepared.owner.keys_of(item));
                if ends.last.is_none() {
                    return Err(Error::invalid(
                        ValidationCause::Options,
                        "a page cannot be cut: its items came without their keys",
                    ));
                }
                raw.count = remaining;
            }
            self.remaining = Some(remaining - raw.count.min(remaining));
        }
        self.done = ends.last.is_none() || self.remaining == Some(0);
        let key = ends.last.clone().filter(|_| !self.done);
        let page = ends.page(raw, items)?;
        if let Some(key) = key {
            *prepared.request.start_key() = Some(key.clone());
            if let Some(selected) = prepared.selected_later.take() {
                prepared.request.select(selected.projection, selected.names);
            }
            prepared.start.key = Some(key);
        }
        Ok(page)
    }
}
