//! How queries and scans are walked, request by request.

use super::cursor::{CursorOwner, Start};
use super::page_items::PageItems;
use super::unreadable::{OnUnreadable, Stop};
use super::{Cursor, Page};
use crate::error::{Error, ValidationCause};
use crate::executor::{DynamoDb, PagedOperation, RawPage};
use crate::expr::{Decoder, Selected};
use crate::schema::KeySchema;
use crate::value::Item;
use futures_util::FutureExt;
use std::marker::PhantomData;

/// A query or scan that is ready to be sent, page by page.
pub(crate) struct Prepared<R, O> {
    pub(crate) request: R,
    pub(crate) decoder: Decoder<O>,
    pub(crate) owner: CursorOwner,
    pub(crate) table: &'static str,
    pub(crate) table_keys: &'static KeySchema,
    pub(crate) filtered: bool,
    pub(crate) page_size: Option<u32>,
    pub(crate) limit: Option<usize>,
    pub(crate) start: Start,
    /// What the requests after the first one select, where that is more: the keys too, for the way back.
    pub(crate) selected_later: Option<Selected>,
    /// Whether the pages are handed out, so that each needs the cursor of the page before.
    pub(crate) hands_out_pages: bool,
    /// Whether a stream reads the next page while the last one is worked on.
    pub(crate) prefetch: bool,
}

impl<R: PagedOperation, O: Send + 'static> Prepared<R, O> {
    /// Returns the request for the first page.
    pub(crate) fn into_first_request(self) -> R {
        Progress::<R, O, Stop>::new(self).request()
    }
}

/// Walks a query or scan.
pub(crate) struct Pager<R, O, E> {
    db: DynamoDb,
    progress: Progress<R, O, E>,
}

/// How far a walk has come.
struct Progress<R, O, E> {
    prepared: Prepared<R, O>,
    /// Items still to be handed out, if there is a limit.
    remaining: Option<usize>,
    done: bool,
    on_unreadable: PhantomData<fn() -> E>,
}

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> Pager<R, O, E> {
    pub(crate) fn new(db: DynamoDb, prepared: Prepared<R, O>) -> Self {
        Self {
            db,
            progress: Progress::new(prepared),
        }
    }

    /// Whether there is a page to be read ahead, and that is wanted.
    pub(super) fn reads_ahead(&self) -> bool {
        self.progress.prepared.prefetch && !self.progress.done
    }

    /// Whether it reads against the order of the query.
    pub(super) fn goes_back(&self) -> bool {
        self.progress.prepared.start.back
    }

    /// Sends one request; `None` when there is no further page.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Page<E::Of<O>>>, Error> {
        let back = self.goes_back();
        let page = self.next_read().await?;
        Ok(page.map(|page| page.in_order(back)))
    }

    /// Does so, and leaves the page as it was read.
    async fn next_read(&mut self) -> Result<Option<Page<E::Of<O>>>, Error> {
        let progress = &mut self.progress;
        if progress.done {
            return Ok(None);
        }
        let rows = progress.rows();
        let answer = self.db.send_reading(progress.request(), rows).await?;
        progress
            .finish(R::page(answer.output), answer.sink)
            .map(Some)
    }

    /// Sends the request of the first page, where that is all that is wanted, whatever follows.
    pub(crate) fn into_page(
        self,
    ) -> impl Future<Output = Result<Page<E::Of<O>>, Error>> + Send + 'static + use<R, O, E> {
        let Self { db, progress } = self;
        let rows = progress.rows();
        let limit = progress.limit();
        let Prepared {
            mut request,
            owner,
            start,
            ..
        } = progress.prepared;
        *request.limit() = limit;
        db.send_reading(request, rows).map(move |answer| {
            let answer = answer?;
            let mut raw = R::page(answer.output);
            let ends = Ends::of(&owner, &start, raw.last_evaluated_key.take());
            let page = ends.page(raw, answer.sink)?;
            Ok(page.in_order(start.back))
        })
    }

    /// Reads all pages up to the limit.
    pub(crate) async fn all(mut self) -> Result<Page<E::Of<O>>, Error> {
        let back = self.goes_back();
        let mut all = match self.next_read().await? {
            Some(page) => page,
            None => Page::empty(None),
        };
        while let Some(page) = self.next_read().await? {
            all.extend(page);
        }
        Ok(all.in_order(back))
    }

    /// Counts on all pages.
    pub(crate) async fn count(mut self) -> Result<usize, Error> {
        let mut count = 0;
        while let Some(page) = self.next_read().await? {
            count += page.count;
        }
        Ok(count)
    }
}

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> Progress<R, O, E> {
    fn new(mut prepared: Prepared<R, O>) -> Self {
        prepared.request.start_key().clone_from(&prepared.start.key);
        Self {
            remaining: prepared.limit,
            prepared,
            done: false,
            on_unreadable: PhantomData,
        }
    }

    fn request(&self) -> R {
        let mut request = self.prepared.request.clone();
        *request.limit() = self.limit();
        request
    }

    /// Returns how many items the next request reads at most.
    fn limit(&self) -> Option<i32> {
        // Without a filter what is read is what is returned, so that the last page need not be cut.
        let wanted = match self.remaining {
            Some(n) if !self.prepared.filtered => Some(u32::try_from(n).unwrap_or(u32::MAX)),
            _ => None,
        };
        let size = match (self.prepared.page_size, wanted) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        size.map(|n| i32::try_from(n).unwrap_or(i32::MAX))
    }

    /// Returns what reads the items of the next page.
    fn rows(&self) -> PageItems<O, E> {
        let prepared = &self.prepared;
        let has_page_before = prepared.owner.has_way_back() && prepared.start.key.is_some();
        PageItems::new(
            prepared.decoder.clone(),
            prepared.table,
            prepared.table_keys,
            self.remaining,
            has_page_before && prepared.hands_out_pages,
        )
    }

    fn finish(&mut self, mut raw: RawPage, rows: PageItems<O, E>) -> Result<Page<E::Of<O>>, Error> {
        let prepared = &mut self.prepared;
        let last = raw.last_evaluated_key.take();
        let mut ends = Ends::of(&prepared.owner, &prepared.start, last);
        if let Some(remaining) = self.remaining {
            // A cut inside a page goes on after the last item that is handed out, not after the page.
            if rows.seen() > remaining {
                ends.last = rows.last().and_then(|item| prepared.owner.keys_of(item));
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
        let page = ends.page(raw, rows)?;
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

/// Where a page begins and ends.
struct Ends<'a> {
    owner: &'a CursorOwner,
    start: &'a Start,
    /// The item that the reading goes on behind; `None` when there is nothing more.
    last: Option<Item>,
}

impl<'a> Ends<'a> {
    fn of(owner: &'a CursorOwner, start: &'a Start, last: Option<Item>) -> Self {
        Self { owner, start, last }
    }

    /// Makes the page as it was read: `next` is where the reading goes on, `prev` leads against it.
    fn page<O: Send + 'static, E: OnUnreadable>(
        self,
        raw: RawPage,
        rows: PageItems<O, E>,
    ) -> Result<Page<E::Of<O>>, Error> {
        if let Some(last) = &self.last {
            self.owner.check(last)?;
        }
        let prev = self.against(&rows);
        let onward = |last| self.owner.cursor(self.start.back, Some(last));
        Ok(Page {
            count: raw.count,
            scanned_count: raw.scanned_count,
            consumed_capacity: raw.consumed_capacity,
            items: rows.into_items()?,
            next: self.last.map(onward),
            prev,
        })
    }

    /// Returns the cursor that leads against the reading, from before the first item. `None` where the walk begins at an
    /// end: nothing is before it.
    fn against<O: Send + 'static, E: OnUnreadable>(
        &self,
        rows: &PageItems<O, E>,
    ) -> Option<Cursor> {
        if !self.owner.has_way_back() || self.start.key.is_none() {
            return None;
        }
        let key = match rows.first() {
            Some(item) => Some(self.owner.keys_of(item)?),
            None if rows.seen() > 0 => return None,
            // Nothing was handed out: what was read has to be come by again, up to where the reading ended.
            None => self.last.clone(),
        };
        Some(self.owner.cursor(!self.start.back, key))
    }
}
