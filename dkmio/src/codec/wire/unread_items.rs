//! Items that stay in the bytes of their answer, and are decoded one by one when the user asks.

use super::decode_item::decode_item;
use super::error::WireError;
use super::fault::Fault;
use super::read_known::read_known;
use super::reader::{Elements, Reader};
use super::write_item::write_item;
use crate::codec::error::CodecError;
use crate::value::Item;
use aws_smithy_types::body::SdkBody;
use serde::Deserialize;
use std::fmt;

/// A list of items in the bytes of an answer.
///
/// Only the range of the list and the answer's `Count` are known: the items have not been looked at.
pub(crate) struct UnreadItems {
    body: SdkBody,
    /// The byte offsets of the list, from its `[` to after its `]`.
    list: (usize, usize),
    count: usize,
}

impl UnreadItems {
    pub(crate) fn new(body: SdkBody, list: (usize, usize), count: usize) -> Self {
        Self { body, list, count }
    }

    /// Holds one item that the SDK has read.
    pub(crate) fn of_item(item: &Item) -> Self {
        let mut json = vec![b'['];
        write_item(item, &mut json);
        json.push(b']');
        Self {
            list: (0, json.len()),
            body: SdkBody::from(json),
            count: 1,
        }
    }

    /// Returns the `Count` of the answer. Reading the items fails if they are more or fewer.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Reads the first item into the SDK's values; `None` if the list is empty or malformed.
    pub(crate) fn first(&self) -> Option<Item> {
        let mut items = self.read().ok()?;
        let is_there = items.reader.next_element(&mut items.elements).ok()?;
        is_there.then(|| items.reader.item().ok())?
    }

    /// Returns a reader of the items.
    pub(crate) fn read(&self) -> Result<UnreadReader<'_>, Fault> {
        let mut reader = Reader::new(self.body.bytes().unwrap_or_default())?;
        reader.rewind(self.list.0, 1);
        Ok(UnreadReader {
            elements: reader.array()?,
            reader,
            end: self.list.1,
            left: self.count,
            done: false,
        })
    }
}

/// Shows no item, because values do not belong in logs.
impl fmt::Debug for UnreadItems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadItems")
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// Decodes unread items one by one.
pub(crate) struct UnreadReader<'a> {
    reader: Reader<'a>,
    elements: Elements,
    end: usize,
    left: usize,
    done: bool,
}

/// Why an unread item is not decoded.
pub(crate) enum UnreadError {
    /// The type does not read this item. The next item can still be decoded.
    Value(CodecError, Item),
    /// The bytes are not the list that was found. No further item is decoded.
    Bytes(CodecError),
}

impl<'a> UnreadReader<'a> {
    /// Decodes the next item; `None` after the last.
    pub(crate) fn next<T: Deserialize<'a>>(&mut self) -> Option<Result<T, UnreadError>> {
        if self.done {
            return None;
        }
        let result = match self.reader.next_element(&mut self.elements) {
            Ok(true) if self.left > 0 => {
                self.left -= 1;
                self.item()
            }
            Ok(false) if self.left == 0 && self.reader.position() == self.end => {
                self.done = true;
                return None;
            }
            Ok(_) => Err(UnreadError::Bytes(CodecError::new(
                "the answer has other items than its `Count` says; what was read so far may not be all of them",
            ))),
            Err(fault) => Err(fault.into()),
        };
        self.done = matches!(result, Err(UnreadError::Bytes(_)));
        Some(result)
    }

    fn item<T: Deserialize<'a>>(&mut self) -> Result<T, UnreadError> {
        let start = self.reader.position();
        match decode_item(&mut self.reader) {
            Ok(value) => Ok(value),
            Err(WireError::Json(fault)) => Err(fault.into()),
            Err(WireError::Value(e)) => {
                let json = self.reader.slice(start, self.reader.position())?;
                let item = read_known(&mut Reader::nested(json, 0))?;
                Err(UnreadError::Value(e, item))
            }
        }
    }
}

impl From<Fault> for UnreadError {
    fn from(fault: Fault) -> Self {
        Self::Bytes(fault.into())
    }
}

#[cfg(test)]
mod tests;
