//! `ItemStream`: the items of a query or scan, one by one.

use super::page_stream::PageStream;
use crate::error::Error;
use futures_core::Stream;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The items of a query or scan; a [`Stream`]. It reads a page when the first item of that page is needed.
///
/// After an error the stream ends. Dropping the stream ends the request that is under way.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let mut orders = Orders::query("usr_1").stream(&db);
/// let mut sum = 0;
/// while let Some(order) = orders.next().await {
///     sum += order?.total;
/// }
/// # let _ = sum;
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream reads nothing until it is polled"]
pub struct ItemStream<T> {
    pages: PageStream<T>,
    items: VecDeque<T>,
}

impl<T: Send + 'static> ItemStream<T> {
    pub(crate) fn new(pages: PageStream<T>) -> Self {
        Self {
            pages,
            items: VecDeque::new(),
        }
    }

    /// Reads the next item; `None` at the end. It does what `StreamExt::next` does, without the trait.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T> Unpin for ItemStream<T> {}

impl<T: Send + 'static> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.items = page.into_items().into(),
                Some(Err(e)) => return Poll::Ready(Some(Err(e))),
                None => return Poll::Ready(None),
            }
        }
    }
}
