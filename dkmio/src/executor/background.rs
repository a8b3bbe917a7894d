use crate::error::{Configuration, Error};
use std::future::Future;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::Instrument;

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A read under way: by whoever polls for it, or by a task of its own, which ends when this is dropped.
///
/// Yields `None` when the runtime of the task was shut down before its end.
pub(crate) enum Background<T> {
    Polled(Boxed<T>),
    Task(JoinHandle<T>),
}

impl<T: Send + 'static> Background<T> {
    pub(crate) fn when_polled(future: Boxed<T>) -> Self {
        Self::Polled(future)
    }

    /// Begins at once, and goes on while nobody polls.
    ///
    /// A future that is polled now and then would not do: the SDK's timeouts run on while the user works, so that an
    /// answer that came in time could fail when it is looked at.
    pub(crate) fn at_once(future: Boxed<T>) -> Self {
        match Handle::try_current() {
            Ok(runtime) => Self::Task(runtime.spawn(future.in_current_span())),
            // On another executor there is nobody to go on with it.
            Err(_) => Self::Polled(future),
        }
    }

    /// The error in place of what a task that was shut down would have read.
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
                // A panic is passed on to where it would be without the task.
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
