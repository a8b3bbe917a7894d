//! `Stop` and `GoOn`: whether an item that does not read as its type ends the read.

use crate::error::DecodeError;

/// What a read hands out for an item that does not read as its type.
pub(crate) trait OnUnreadable: Send + 'static {
    /// What is handed out for an item that is read as `O`.
    type Of<O: Send + 'static>: Send + 'static;

    /// Hands out an item that reads.
    fn read<O: Send + 'static>(item: O) -> Self::Of<O>;

    /// Hands out items that read; `None` stays `None`.
    fn read_all<O: Send + 'static>(items: Vec<Option<O>>) -> Vec<Option<Self::Of<O>>>;

    /// Hands out the error of an item that does not read; `Err` ends the read.
    fn unread<O: Send + 'static>(error: DecodeError) -> Result<Self::Of<O>, DecodeError>;
}

/// The first item that does not read ends the read.
pub(crate) enum Stop {}

/// An item that does not read is handed out as its error, and the read goes on: `.each()`.
pub(crate) enum GoOn {}

impl OnUnreadable for Stop {
    type Of<O: Send + 'static> = O;

    fn read<O: Send + 'static>(item: O) -> O {
        item
    }

    fn read_all<O: Send + 'static>(items: Vec<Option<O>>) -> Vec<Option<O>> {
        items
    }

    fn unread<O: Send + 'static>(error: DecodeError) -> Result<O, DecodeError> {
        Err(error)
    }
}

impl OnUnreadable for GoOn {
    type Of<O: Send + 'static> = Result<O, DecodeError>;

    fn read<O: Send + 'static>(item: O) -> Result<O, DecodeError> {
        Ok(item)
    }

    fn read_all<O: Send + 'static>(items: Vec<Option<O>>) -> Vec<Option<Result<O, DecodeError>>> {
        items.into_iter().map(|item| item.map(Ok)).collect()
    }

    fn unread<O: Send + 'static>(
        error: DecodeError,
    ) -> Result<Result<O, DecodeError>, DecodeError> {
        Ok(Err(error))
    }
}
