use super::{OnUnreadable, Page, Pager};
use crate::error::Error;
use crate::executor::{Background, PagedOperation};
use futures_core::Stream;
use futures_util::stream::{SelectAll, select_all};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The pages of a query or scan, one request each; a [`Stream`].
///
/// After an error the stream ends. Dropping it stops reading, also of a page that is read ahead.
#[must_use = "a stream reads nothing until it is polled"]
pub struct PageStream<T> {
    state: State<T>,
    /// Whether pages are read by tasks: those of a segment, while the others' are handed out and worked on.
    by_task: bool,
}

type Step<T> = (Box<dyn Walk<T>>, Result<Option<Page<T>>, Error>);

enum State<T> {
    Idle(Box<dyn Walk<T>>),
    Background(Background<Step<T>>),
    /// The segments of a parallel scan.
    Merged(SelectAll<PageStream<T>>),
    Failed(Error),
    Done,
}

/// A [`Pager`] without its request type.
trait Walk<T>: Send {
    fn step(self: Box<Self>) -> Pin<Box<dyn Future<Output = Step<T>> + Send>>;
    fn reads_ahead(&self) -> bool;
}

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> Walk<E::Of<O>> for Pager<R, O, E> {
    fn step(mut self: Box<Self>) -> Pin<Box<dyn Future<Output = Step<E::Of<O>>> + Send>> {
        Box::pin(async move {
            let result = self.next_page().await;
            (self as Box<dyn Walk<E::Of<O>>>, result)
        })
    }

    fn reads_ahead(&self) -> bool {
        Self::reads_ahead(self)
    }
}

/// A [`Pager`] all whose pages are handed out as one: a walk back, whose last item comes first in the query's order.
struct Gathered<R, O, E>(Option<Pager<R, O, E>>);

impl<R: PagedOperation, O: Send + 'static, E: OnUnreadable> Walk<E::Of<O>> for Gathered<R, O, E> {
    fn step(mut self: Box<Self>) -> Pin<Box<dyn Future<Output = Step<E::Of<O>>> + Send>> {
        Box::pin(async move {
            let result = match self.0.take() {
                Some(pager) => pager.all().await.map(Some),
                None => Ok(None),
            };
            (self as Box<dyn Walk<E::Of<O>>>, result)
        })
    }

    fn reads_ahead(&self) -> bool {
        false
    }
}

impl<T: Send + 'static> PageStream<T> {
    /// Reads the pages for their items, which come in the order of the query.
    pub(crate) fn of_items<R: PagedOperation, O: Send + 'static, E: OnUnreadable<Of<O> = T>>(
        pager: Result<Pager<R, O, E>, Error>,
    ) -> Self {
        match pager {
            Ok(pager) if pager.goes_back() => Self {
                state: State::Idle(Box::new(Gathered(Some(pager)))),
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
                Ok(pager) => State::Idle(Box::new(pager)),
                Err(e) => State::Failed(e),
            },
            by_task: false,
        }
    }

    /// Reads several walks at the same time; each reads its next page when its last one was taken.
    pub(crate) fn merged<R: PagedOperation, O: Send + 'static, E: OnUnreadable<Of<O> = T>>(
        pagers: Result<Vec<Pager<R, O, E>>, Error>,
    ) -> Self {
        Self {
            state: match pagers {
                Ok(pagers) => State::Merged(select_all(pagers.into_iter().map(|pager| Self {
                    by_task: true,
                    ..Self::new(Ok(pager))
                }))),
                Err(e) => State::Failed(e),
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

    /// Reads the next page; `None` at the end. The same as `StreamExt::next`, without the trait.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<T> Unpin for PageStream<T> {}

impl<T: Send + 'static> Stream for PageStream<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Idle(walk) if self.by_task => {
                    self.state = State::Background(Background::at_once(walk.step()));
                }
                State::Idle(walk) => {
                    self.state = State::Background(Background::when_polled(walk.step()));
                }
                State::Background(mut step) => {
                    let Poll::Ready(done) = Pin::new(&mut step).poll(cx) else {
                        self.state = State::Background(step);
                        return Poll::Pending;
                    };
                    let Some((walk, result)) = done else {
                        self.state = State::Failed(Background::<()>::shut_down());
                        continue;
                    };
                    return Poll::Ready(match result {
                        Ok(Some(page)) => {
                            self.state = if walk.reads_ahead() {
                                State::Background(Background::at_once(walk.step()))
                            } else {
                                State::Idle(walk)
                            };
                            Some(Ok(page))
                        }
                        Ok(None) => None,
                        Err(e) => Some(Err(e)),
                    });
                }
                State::Merged(mut segments) => {
                    let next = Pin::new(&mut segments).poll_next(cx);
                    // An error, like the end, leaves `Done`: the other segments are dropped with it.
                    if matches!(next, Poll::Pending | Poll::Ready(Some(Ok(_)))) {
                        self.state = State::Merged(segments);
                    }
                    return next;
                }
                State::Failed(e) => return Poll::Ready(Some(Err(e))),
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

/// The items of a query or scan, read page by page as they are wanted; a [`Stream`].
///
/// After an error the stream ends. Dropping it stops reading.
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

    /// Reads the next item; `None` at the end. The same as `StreamExt::next`, without the trait.
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
