//! `Pager`: sends the requests of a query or scan, page by page.

use super::ends::Ends;
use super::page::Page;
use super::unreadable::OnUnreadable;
use super::walk::{Prepared, Walk};
use crate::error::Error;
use crate::executor::{DynamoDb, PagedOperation};
use futures_util::FutureExt;

/// Sends the requests of a query or scan, one page each. The verb makes it; the streams take it.
pub(crate) struct Pager<R, O, E> {
    db: DynamoDb,
    walk: Walk<R, O, E>,
}

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> Pager<R, O, E> {
    pub(crate) fn new(db: DynamoDb, prepared: Prepared<R, O>) -> Self {
        Self {
            db,
            walk: Walk::new(prepared),
        }
    }

    /// `true` if the next page is to be read ahead.
    pub(super) fn reads_ahead(&self) -> bool {
        self.walk.prepared.prefetch && !self.walk.done
    }

    /// `true` if it reads against the order of the query.
    pub(super) fn goes_back(&self) -> bool {
        self.walk.prepared.start.back
    }

    /// Reads the next page, in the order of the query; `None` after the last page.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Page<E::Of<O>>>, Error> {
        let back = self.goes_back();
        let page = self.next_read().await?;
        Ok(page.map(|page| page.in_order(back)))
    }

    /// Reads the next page, in the order of the reading.
    async fn next_read(&mut self) -> Result<Option<Page<E::Of<O>>>, Error> {
        let walk = &mut self.walk;
        if walk.done {
            return Ok(None);
        }
        let items = walk.items();
        let answer = self.db.send_reading(walk.request(), items).await?;
        walk.finish(R::page(answer.output), answer.sink).map(Some)
    }

    /// Reads the first page only. It borrows nothing and keeps no state for later pages.
    pub(crate) fn into_page(
        self,
    ) -> impl Future<Output = Result<Page<E::Of<O>>, Error>> + Send + 'static + use<R, O, E> {
        let Self { db, walk } = self;
        let items = walk.items();
        let limit = walk.limit();
        let Prepared {
            mut request,
            owner,
            start,
            ..
        } = walk.prepared;
        *request.limit() = limit;
        db.send_reading(request, items).map(move |answer| {
            let answer = answer?;
            let mut raw = R::page(answer.output);
            raw.count = raw.count.saturating_sub(answer.sink.of_other_kinds());
            let ends = Ends::of(&owner, &start, raw.last_evaluated_key.take());
            let page = ends.page(raw, answer.sink)?;
            Ok(page.in_order(start.back))
        })
    }

    /// Reads all pages up to the limit, as one page.
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

    /// Returns the sum of the pages' counts.
    pub(crate) async fn count(mut self) -> Result<usize, Error> {
        let mut count = 0;
        while let Some(page) = self.next_read().await? {
            count += page.count;
        }
        Ok(count)
    }
}
