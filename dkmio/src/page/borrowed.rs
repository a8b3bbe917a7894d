//! `BorrowedPage`: a page that keeps the bytes of its answers, and whose rows borrow from them.

use super::cursor::Cursor;
use super::page::Page;
use super::page_stream::PageStream;
use crate::codec::wire::{UnreadError, UnreadItems, UnreadReader};
use crate::error::Error;
use crate::executor::ConsumedCapacity;
use crate::schema::{BorrowedRow, KeySchema, Table};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A page of a query or scan that keeps the answer's bytes, and whose rows borrow from them.
///
/// Made by [`Query::select_borrowed`](crate::Query::select_borrowed) and [`Scan::select_borrowed`](crate::Scan::select_borrowed).
/// A row is decoded each time that [`rows`](Self::rows) comes to it, and not before. The page keeps the bytes, up to 1 MB for
/// each request, until it is dropped.
///
/// # Examples
///
/// ```
/// use dkmio::{BorrowedPage, Error, Projection};
/// # #[derive(serde::Serialize, serde::Deserialize, dkmio::DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
///
/// #[derive(serde::Deserialize, Projection)]
/// #[projection(of = Orders)]
/// struct Row<'a> {
///     order_id: &'a str,
///     total: u64,
/// }
///
/// fn largest<'p>(page: &'p BorrowedPage<Row<'_>>) -> Result<Option<(&'p str, u64)>, Error> {
///     let mut largest = None;
///     for row in page.rows() {
///         let row = row?;
///         if largest.is_none_or(|(_, total)| total < row.total) {
///             largest = Some((row.order_id, row.total));
///         }
///     }
///     Ok(largest)
/// }
/// # let _ = largest;
/// ```
pub struct BorrowedPage<P> {
    page: Page<UnreadItems>,
    of: RowSource<P>,
}

/// The table of the rows, for errors, and the type of a row.
struct RowSource<P> {
    table: &'static str,
    keys: &'static KeySchema,
    row: PhantomData<fn() -> P>,
}

impl<P> RowSource<P> {
    fn table<M: Table>() -> Self {
        Self {
            table: M::SCHEMA.name(),
            keys: M::KEYS,
            row: PhantomData,
        }
    }
}

impl<P> Clone for RowSource<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for RowSource<P> {}

impl<P: BorrowedRow> BorrowedPage<P> {
    pub(crate) fn of<M: Table>(page: Page<UnreadItems>) -> Self {
        Self {
            page,
            of: RowSource::table::<M>(),
        }
    }

    /// Decodes the rows, one by one, from the first.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] for a row of which an attribute is missing or has another type; the iterator goes on with the next row.
    /// [`Error::Decode`] if the answer is damaged; then the iterator ends.
    pub fn rows(&self) -> BorrowedRows<'_, P> {
        BorrowedRows {
            parts: self.page.items.iter(),
            reader: None,
            of: self.of,
        }
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.page.items.iter().map(UnreadItems::count).sum()
    }

    /// Returns `true` if the page has no row; it may still have a next page.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of items that DynamoDB returned (`Count`), after the filter.
    pub fn count(&self) -> usize {
        self.page.count
    }

    /// Returns the number of items that DynamoDB read and billed (`ScannedCount`), before the filter.
    pub fn scanned_count(&self) -> usize {
        self.page.scanned_count
    }

    /// Returns the cursor of the next page; `None` on the last page.
    pub fn next(&self) -> Option<&Cursor> {
        self.page.next()
    }

    /// Returns the cursor of the page before this one, as [`Page::prev`] does.
    pub fn prev(&self) -> Option<&Cursor> {
        self.page.prev()
    }

    /// Returns the capacity that the page used, if it was asked for, as [`Page::consumed_capacity`] does.
    pub fn consumed_capacity(&self) -> Option<&ConsumedCapacity> {
        self.page.consumed_capacity()
    }
}

impl<'p, P: BorrowedRow> IntoIterator for &'p BorrowedPage<P> {
    type Item = Result<P::Row<'p>, Error>;
    type IntoIter = BorrowedRows<'p, P>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows()
    }
}

/// Without the rows.
impl<P> fmt::Debug for BorrowedPage<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BorrowedPage")
            .field("count", &self.page.count)
            .field("scanned_count", &self.page.scanned_count)
            .field("next", &self.page.next)
            .finish_non_exhaustive()
    }
}

/// An iterator over the rows of a [`BorrowedPage`], which decodes each when it comes to it.
#[must_use = "an iterator reads nothing until it is asked"]
pub struct BorrowedRows<'p, P> {
    parts: std::slice::Iter<'p, UnreadItems>,
    reader: Option<UnreadReader<'p>>,
    of: RowSource<P>,
}

impl<'p, P: BorrowedRow> Iterator for BorrowedRows<'p, P> {
    type Item = Result<P::Row<'p>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(reader) = &mut self.reader
                && let Some(row) = reader.next()
            {
                return Some(row.map_err(|e| self.error(e)));
            }
            match self.parts.next()?.read() {
                Ok(reader) => self.reader = Some(reader),
                Err(fault) => return Some(Err(self.error(fault.into()))),
            }
        }
    }
}

impl<P: BorrowedRow> FusedIterator for BorrowedRows<'_, P> {}

impl<P> BorrowedRows<'_, P> {
    #[cold]
    fn error(&mut self, error: UnreadError) -> Error {
        let table = Some(self.of.table);
        match error {
            UnreadError::Value(error, item) => {
                let key = self.of.keys.of(&item);
                error.into_decode(table, (!key.is_empty()).then_some(key))
            }
            UnreadError::Bytes(error) => {
                (self.parts, self.reader) = (Default::default(), None);
                error.into_decode(table, None)
            }
        }
    }
}

impl<P> fmt::Debug for BorrowedRows<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BorrowedRows").finish_non_exhaustive()
    }
}

/// The pages of a query or scan whose rows borrow, one request each; a [`Stream`].
///
/// After an error the stream ends. Dropping the stream ends the request that is under way.
#[must_use = "a stream reads nothing until it is polled"]
pub struct BorrowedPageStream<P> {
    pages: PageStream<UnreadItems>,
    of: RowSource<P>,
}

impl<P: BorrowedRow> BorrowedPageStream<P> {
    pub(crate) fn of<M: Table>(pages: PageStream<UnreadItems>) -> Self {
        Self {
            pages,
            of: RowSource::table::<M>(),
        }
    }

    /// Reads the next page; `None` at the end. It does what `StreamExt::next` does, without the trait.
    pub async fn next(&mut self) -> Option<Result<BorrowedPage<P>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<P> Unpin for BorrowedPageStream<P> {}

impl<P: BorrowedRow> Stream for BorrowedPageStream<P> {
    type Item = Result<BorrowedPage<P>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let of = self.of;
        let page = Pin::new(&mut self.pages).poll_next(cx);
        page.map(|page| Some(page?.map(|page| BorrowedPage { page, of })))
    }
}
