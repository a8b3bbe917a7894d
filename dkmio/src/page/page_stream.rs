//! `PageStream`: the pages of a query or scan, one by one.

use super::page::Page;
use super::pager::Pager;
use super::unreadable::OnUnreadable;
use crate::error::Error;
use crate::executor::{Background, PagedOperation};
use futures_core::Stream;
use futures_util::stream::{SelectAll, select_all};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The pages of a query or scan, one request each; a [`Stream`].
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
/// let mut pages = Orders::scan().page_size(100).pages(&db);
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{} orders", page.items().len()); // and `page.next()`, to go on from here another time
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream reads nothing until it is polled"]
pub struct PageStream<T> {
    state: StreamState<T>,
    /// `true` for a segment of a parallel scan: its pages are read by tasks, while the user works on those of other segments.
    by_task: bool,
}

/// The outcome of reading one page, and the source of the next.
type ReadStep<T> = (Box<dyn PageSource<T>>, Result<Option<Page<T>>, Error>);

enum StreamState<T> {
    Idle(Box<dyn PageSource<T>>),
    Background(Background<ReadStep<T>>),
    /// The segments of a parallel scan.
    Merged(SelectAll<PageStream<T>>),
    Failed(Error),
    Done,
}

/// Reads pages: a [`Pager`] without the type of its request.
trait PageSource<T>: Send {
    fn step(self: Box<Self>) -> Pin<Box<dyn Future<Output = ReadStep<T>> + Send>>;
    fn reads_ahead(&self) -> bool;
}

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> PageSource<E::Of<O>>
    for Pager<R, O, E>
{
    fn step(mut self: Box<Self>) -> Pin<Box<dyn Future<Output = ReadStep<E::Of<O>>> + Send>> {
        Box::pin(async move {
            let result = self.next_page().await;
            (self as Box<dyn PageSource<E::Of<O>>>, result)
        })
    }

    fn reads_ahead(&self) -> bool {
        Self::reads_ahead(self)
    }
}

/// A [`Pager`] against the order of the query. It hands out all pages as one, because the item that is read last comes first
/// in the order of the query.
struct Gathered<R, O, E>(Option<Pager<R, O, E>>);

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> PageSource<E::Of<O>>
    for Gathered<R, O, E>
{
    fn step(mut self: Box<Self>) -> Pin<Box<dyn Future<Output = ReadStep<E::Of<O>>> + Send>> {
        Box::pin(async move {
            let result = match self.0.take() {
                Some(pager) => pager.all().await.map(Some),
                None => Ok(None),
            };
            (self as Box<dyn PageSource<E::Of<O>>>, result)
        })
    }

    fn reads_ahead(&self) -> bool {
        false
    }
}

impl<T: Send + 'static> PageStream<T> {
    /// Reads pages for their items, in the order of the query.
    pub(crate) fn of_items<R: PagedOperation, O: Send + 'static, E: OnUnreadable<Of<O> = T>>(
        pager: Result<Pager<R, O, E>, Error>,
    ) -> Self {
        match pager {
            Ok(pager) if pager.goes_back() => Self {
                state: StreamState::Idle(Box::new(Gathered(Some(pager)))),
                by_task: false,
            },
            pager => Self::new(pager),
        }
    }

    pub(crate) fn new<R: PagedOperation, O: Send + 'static, E: OnUnreadable<Of<O> = T>>(
        pager: Result<Pager<R, O, E>, Error>,
    ) -> Self {
        Self {
            state: match pager {
                Ok(pager) => StreamState::Idle(Box::new(pager)),
                Err(e) => StreamState::Failed(e),
            },
            by_task: false,
        }
    }

    /// Reads several segments at the same time; each reads its next page when its last one was taken.
    pub(crate) fn merged<R: PagedOperation, O: Send + 'static, E: OnUnreadable<Of<O> = T>>(
        pagers: Result<Vec<Pager<R, O, E>>, Error>,
    ) -> Self {
        Self {
            state: match pagers {
                Ok(pagers) => {
                    StreamState::Merged(select_all(pagers.into_iter().map(|pager| Self {
                        by_task: true,
                        ..Self::new(Ok(pager))
                    })))
                }
                Err(e) => StreamState::Failed(e),
            },
            by_task: false,
        }
    }

    /// Reads all pages.
    pub(crate) async fn into_items(mut self) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await {
            items.extend(page?);
        }
        Ok(items)
    }

    /// Reads the next page; `None` at the end. It does what `StreamExt::next` does, without the trait.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T> Unpin for PageStream<T> {}

impl<T: Send + 'static> Stream for PageStream<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, StreamState::Done) {
                StreamState::Idle(source) if self.by_task => {
                    self.state = StreamState::Background(Background::at_once(source.step()));
                }
                StreamState::Idle(source) => {
                    self.state = StreamState::Background(Background::when_polled(source.step()));
                }
                StreamState::Background(mut step) => {
                    let Poll::Ready(done) = Pin::new(&mut step).poll(cx) else {
                        self.state = StreamState::Background(step);
                        return Poll::Pending;
                    };
                    let Some((source, result)) = done else {
                        self.state = StreamState::Failed(Background::<()>::shut_down());
                        continue;
                    };
                    return Poll::Ready(match result {
                        Ok(Some(page)) => {
                            self.state = if source.reads_ahead() {
                                StreamState::Background(Background::at_once(source.step()))
                            } else {
                                StreamState::Idle(source)
                            };
                            Some(Ok(page))
                        }
                        Ok(None) => None,
                        Err(e) => Some(Err(e)),
                    });
                }
                StreamState::Merged(mut segments) => {
                    let next = Pin::new(&mut segments).poll_next(cx);
                    // After an error, as after the end, the state stays `Done`, so that the other segments are dropped.
                    if matches!(next, Poll::Pending | Poll::Ready(Some(Ok(_)))) {
                        self.state = StreamState::Merged(segments);
                    }
                    return next;
                }
                StreamState::Failed(e) => return Poll::Ready(Some(Err(e))),
                StreamState::Done => return Poll::Ready(None),
            }
        }
    }
}
