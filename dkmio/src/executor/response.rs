//! What comes back of a request.

use super::Call;
use super::wire::{Carries, Exchange, ItemSink, Wire};
use std::sync::Arc;

/// Receives the items of an answer.
pub(super) enum Receiving<I> {
    /// As the SDK's values.
    Values(I),
    /// In the answer's bytes.
    Bytes(Arc<Exchange<I>>),
}

impl<I: ItemSink> Receiving<I> {
    /// Returns what received the items.
    pub(super) fn received<R: Carries>(self, output: &mut R::Output) -> I {
        let (mut received, is_full) = match self {
            Self::Values(receive) => (receive, false),
            Self::Bytes(exchange) => exchange.take(),
        };
        if !is_full {
            // The SDK has read them.
            R::items(output, &mut received);
        }
        received
    }

    pub(super) fn wire(&self) -> Option<Arc<dyn Wire>> {
        match self {
            Self::Values(_) => None,
            Self::Bytes(exchange) => Some(exchange.clone()),
        }
    }
}

/// What a request brought.
pub(crate) struct Response<O, I> {
    /// The answer, without its items.
    pub(crate) output: O,
    pub(crate) received: I,
    /// Whether an attempt before the answered one may have been done.
    pub(crate) unanswered: bool,
}

impl<O, I: ItemSink> Response<O, I> {
    pub(super) fn of<R: Carries<Output = O>>(
        mut output: O,
        receiving: Receiving<I>,
        call: &Call,
    ) -> Self {
        let received = receiving.received::<R>(&mut output);
        Self {
            output,
            received,
            unanswered: call.unanswered(),
        }
    }
}
