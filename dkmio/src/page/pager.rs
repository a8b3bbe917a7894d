use super::rows::Rows;
use super::{Cursor, CursorOwner, Page};
use crate::error::{Error, ValidationCause};
use crate::executor::{DynamoDb, PagedRequest, RawPage};
use crate::expr::Decoder;
use crate::schema::KeySchema;
use futures_util::FutureExt;

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
    pub(crate) start: Option<Cursor>,
    /// Whether a stream reads the next page while the last one is worked on.
    pub(crate) prefetch: bool,
}

impl<R: PagedRequest, O: Send + 'static> Prepared<R, O> {
    /// Returns the request for the first page.
    pub(crate) fn into_first_request(self) -> Result<R, Error> {
        Ok(Progress::new(self)?.request())
    }
}

/// Walks a query or scan.
pub(crate) struct Pager<R, O> {
    db: DynamoDb,
    progress: Progress<R, O>,
}

/// How far a walk has come.
struct Progress<R, O> {
    prepared: Prepared<R, O>,
    /// Items still to be handed out, if there is a limit.
    remaining: Option<usize>,
    done: bool,
}

impl<R: PagedRequest, O: Send + 'static> Pager<R, O> {
    pub(crate) fn new(db: DynamoDb, prepared: Prepared<R, O>) -> Result<Self, Error> {
        Ok(Self {
            db,
            progress: Progress::new(prepared)?,
        })
    }

    /// Whether there is a page to be read ahead, and that is wanted.
    pub(super) fn reads_ahead(&self) -> bool {
        self.progress.prepared.prefetch && !self.progress.done
    }

    /// Sends one request; `None` when there is no further page.
    pub(crate) async fn next_page(&mut self) -> Result<Option<Page<O>>, Error> {
        let progress = &mut self.progress;
        if progress.done {
            return Ok(None);
        }
        let rows = progress.rows();
        let answer = self.db.exchange(progress.request(), rows).await?;
        progress
            .finish(R::page(answer.output), answer.received)
            .map(Some)
    }

    /// Sends the request of the first page, where that is all that is wanted, whatever follows.
    pub(crate) fn into_page(
        self,
    ) -> impl Future<Output = Result<Page<O>, Error>> + Send + 'static + use<R, O> {
        let Self { db, progress } = self;
        let rows = progress.rows();
        let limit = progress.limit();
        let Prepared {
            mut request, owner, ..
        } = progress.prepared;
        *request.limit() = limit;
        db.exchange(request, rows).map(move |answer| {
            let answer = answer?;
            let mut raw = R::page(answer.output);
            let last = raw.last_evaluated_key.take();
            let next = last.map(|key| owner.cursor(key));
            next.iter().try_for_each(|cursor| owner.check(cursor))?;
            page(raw, answer.received, next)
        })
    }

    /// Reads all pages up to the limit.
    pub(crate) async fn all(mut self) -> Result<Page<O>, Error> {
        let mut all = Page::empty(None);
        while let Some(page) = self.next_page().await? {
            all.extend(page);
        }
        Ok(all)
    }

    /// Counts on all pages.
    pub(crate) async fn count(mut self) -> Result<usize, Error> {
        let mut count = 0;
        while let Some(page) = self.next_page().await? {
            count += page.count;
        }
        Ok(count)
    }
}

impl<R: PagedRequest, O: Send + 'static> Progress<R, O> {
    fn new(mut prepared: Prepared<R, O>) -> Result<Self, Error> {
        if let Some(cursor) = prepared.start.clone() {
            *prepared.request.start_key() = Some(prepared.owner.start_key(cursor)?);
        }
        Ok(Self {
            remaining: prepared.limit,
            prepared,
            done: false,
        })
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
    fn rows(&self) -> Rows<O> {
        let prepared = &self.prepared;
        Rows::new(
            prepared.decoder.clone(),
            prepared.table,
            prepared.table_keys,
            self.remaining,
        )
    }

    fn finish(&mut self, mut raw: RawPage, rows: Rows<O>) -> Result<Page<O>, Error> {
        let mut next = raw
            .last_evaluated_key
            .take()
            .map(|key| self.prepared.owner.cursor(key));
        if let Some(remaining) = self.remaining {
            // A cut inside a page goes on after the last item that is handed out, not after the page.
            if rows.seen() > remaining {
                next = rows
                    .last()
                    .and_then(|item| self.prepared.owner.cursor_after(item));
                if next.is_none() {
                    return Err(Error::invalid(
                        ValidationCause::Options,
                        "a page cannot be cut: its items came without their keys",
                    ));
                }
                raw.count = remaining;
            }
            self.remaining = Some(remaining - raw.count.min(remaining));
        }
        self.done = next.is_none() || self.remaining == Some(0);
        if let (false, Some(cursor)) = (self.done, &next) {
            let key = self.prepared.owner.start_key(cursor.clone())?;
            *self.prepared.request.start_key() = Some(key);
        }
        page(raw, rows, next)
    }
}

fn page<O>(raw: RawPage, rows: Rows<O>, next: Option<Cursor>) -> Result<Page<O>, Error> {
    Ok(Page {
        count: raw.count,
        scanned_count: raw.scanned_count,
        consumed_capacity: raw.consumed_capacity,
        items: rows.into_items()?,
        next,
    })
}
