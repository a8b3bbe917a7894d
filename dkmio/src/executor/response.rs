//! The answer of a call, and the way its items take.

use super::call::Call;
use super::items::ItemSink;
use super::operation::Operation;
use super::splice::{Splice, Splicer};
use std::sync::Arc;

/// How the items of an answer get to the sink. Chosen in `send.rs`.
pub(super) enum Items<S> {
    /// The SDK reads them, and the sink takes its values.
    ViaSdk(S),
    /// The sink reads them from the bytes; if it cannot, the SDK reads them.
    Spliced(Arc<Splicer<S>>),
}

impl<S: ItemSink> Items<S> {
    /// Returns the sink with the items.
    fn into_sink<O: Operation>(self, output: &mut O::Output) -> S {
        let (mut sink, has_read) = match self {
            Self::ViaSdk(sink) => (sink, false),
            Self::Spliced(splicer) => splicer.take(),
        };
        if !has_read {
            O::take_items(output, &mut sink);
        }
        sink
    }

    pub(super) fn splice(&self) -> Option<Arc<dyn Splice>> {
        match self {
            Self::ViaSdk(_) => None,
            Self::Spliced(splicer) => Some(splicer.clone()),
        }
    }
}

/// The answer of a call. Made in `send.rs`, taken by the verbs.
pub(crate) struct Response<O, S> {
    /// The SDK's output without its items.
    pub(crate) output: O,
    /// The sink with the items.
    pub(crate) sink: S,
    /// `true` if an attempt of a write before the answered one may have been done.
    pub(crate) unanswered: bool,
}

impl<T, S: ItemSink> Response<T, S> {
    pub(super) fn of<O: Operation<Output = T>>(
        mut output: T,
        items: Items<S>,
        call: &Call,
    ) -> Self {
        let sink = items.into_sink::<O>(&mut output);
        Self {
            output,
            sink,
            unanswered: call.unanswered(),
        }
    }
}
