//! Reads that go on while nobody polls them.

use crate::error::{Configuration, Error};
use std::future::Future;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::Instrument;

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A read that is polled here, or by a task of its own. Made by the streams of `page` and of batch get.
///
/// Yields `None` if the runtime was shut down before the task's end. Dropping it ends the task.
pub(crate) enum Background<T> {
    /// Whoever polls this polls the read.
    Polled(Boxed<T>),
    /// A task polls the read.
    Task(JoinHandle<T>),
}

impl<T: Send + 'static> Background<T> {
    pub(crate) fn when_polled(future: Boxed<T>) -> Self {
        Self::Polled(future)
    }

    /// Begins at once, in a task if there is a runtime.
    ///
    /// A future that is polled only now and then is not enough: the SDK's timeouts go on between two polls, so that an
    /// answer that came in time could fail at the next poll.
    pub(crate) fn at_once(future: Boxed<T>) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self::Task(runtime.spawn(future.in_current_span())),
            // Outside of tokio nothing can poll it in the background.
            Err(_) => Self::Polled(future),
        }
    }

    /// Returns the error of a read whose runtime was shut down.
    pub(crate) fn shut_down() -> Error {
        Error::Configuration(Configuration::new(
            "the runtime that was reading ahead was shut down; poll the stream on the runtime that it was begun on",
        ))
    }
}

impl<T> Future for Background<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        match &mut *self {
            Self::Polled(future) => future.as_mut().poll(cx).map(Some),
            Self::Task(task) => Pin::new(task).poll(cx).map(|joined| match joined {
                Ok(value) => Some(value),
                // A panic goes on here, as it would without the task.
                Err(e) => e.try_into_panic().map_or(None, |p| resume_unwind(p)),
            }),
        }
    }
}

impl<T> Drop for Background<T> {
    fn drop(&mut self) {
        if let Self::Task(task) = self {
            task.abort();
        }
    }
}
