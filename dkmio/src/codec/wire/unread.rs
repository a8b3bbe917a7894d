//! Items that stay in the bytes of their answer, and are read when they are wanted.

use super::fault::{Fault, FaultKind};
use super::plain::write_item;
use super::reader::{Elements, Reader};
use super::{WireError, decode_item, read_known};
use crate::codec::error::CodecError;
use crate::value::Item;
use aws_smithy_types::body::SdkBody;
use serde::Deserialize;
use std::fmt;

/// A list of items in the bytes of an answer.
///
/// Nothing is known of the items but where their list begins and ends, and how many they are said to be.
pub(crate) struct UnreadItems {
    body: SdkBody,
    /// Where the list begins, with its `[`, and where it ends, behind its `]`.
    list: (usize, usize),
    count: usize,
}

impl UnreadItems {
    pub(crate) fn new(body: SdkBody, list: (usize, usize), count: usize) -> Self {
        Self { body, list, count }
    }

    /// Holds an item that the SDK has read, as if it had come alone.
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

    /// Returns how many items there are said to be; reading them finds out.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Reads the first item by itself; `None` if there is none, or if it is not one.
    pub(crate) fn first(&self) -> Option<Item> {
        let mut held = self.read().ok()?;
        let is_there = held.reader.next_element(&mut held.elements).ok()?;
        is_there.then(|| held.reader.item().ok())?
    }

    /// Reads the items.
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

/// Without the items.
impl fmt::Debug for UnreadItems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadItems")
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// Reads held items one by one.
pub(crate) struct UnreadReader<'h> {
    reader: Reader<'h>,
    elements: Elements,
    end: usize,
    left: usize,
    done: bool,
}

/// Why a held item is not read.
pub(crate) enum UnreadError {
    /// This item is not what the type wants; the next one may be.
    Value(CodecError, Item),
    /// The bytes are not what they were taken for, and nothing more is read.
    Bytes(CodecError),
}

impl<'h> UnreadReader<'h> {
    /// Reads the next item; `None` behind the last.
    pub(crate) fn next<T: Deserialize<'h>>(&mut self) -> Option<Result<T, UnreadError>> {
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

    fn item<T: Deserialize<'h>>(&mut self) -> Result<T, UnreadError> {
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
        Self::Bytes(CodecError::new(fault.to_string()))
    }
}

/// Where a member of an answer that is a list stands, and the answer without it.
pub(crate) struct FoundList {
    pub(crate) list: (usize, usize),
    pub(crate) count: usize,
    pub(crate) rest: Vec<u8>,
}

/// How far into an answer its list may begin, to be found without going through the answer: the members before it are
/// short, a key or two at the most.
const HEAD: usize = 16 * 1024;

impl FoundList {
    /// Finds a list of items in an answer that is written about as DynamoDB writes it, and says how many items it has.
    ///
    /// The list's end is known by what follows it, `],"` and a letter, with white space between or none. Within an item nothing looks so: each list and set
    /// there is a member of an object of its own and is followed by `}`, and a quote within a string has a backslash
    /// before it, so that behind a string's own last quote comes no letter. The items themselves are not looked at: who
    /// reads them finds the end where it was found, or that the answer is none of DynamoDB's.
    pub(crate) fn at_a_glance(body: &[u8], member: &str) -> Option<Self> {
        let head = body.get(..HEAD).unwrap_or(body);
        let head = head.utf8_chunks().next()?.valid();
        let (before, start) =
            find_member(&mut Reader::new(head.as_bytes()).ok()?, member).ok()??;
        let list = body.get(start..)?;
        let end = start + end_of_list(list)?;
        let rest = without(body, before, end)?;
        let count = said_count(&rest, member).ok()??;
        let is_empty = match list {
            [b'[', b']', ..] => true,
            [b'[', b'{', ..] => false,
            _ => return None,
        };
        (is_empty == (count == 0)).then_some(Self {
            list: (start, end),
            count,
            rest,
        })
    }

    /// Finds a list in an answer by going through all of it, and counts its items.
    pub(crate) fn anywhere(body: &[u8], member: &str) -> Result<Option<Self>, Fault> {
        let mut reader = Reader::new(body)?;
        let Some((before, start)) = find_member(&mut reader, member)? else {
            return Ok(None);
        };
        let mut elements = reader.array()?;
        let mut count = 0;
        while reader.next_element(&mut elements)? {
            reader.skip_value()?;
            count += 1;
        }
        let end = reader.position();
        let Some(rest) = without(body, before, end) else {
            return Err(reader.fault(FaultKind::Utf8));
        };
        said_count(&rest, member)?;
        Ok(Some(Self {
            list: (start, end),
            count,
            rest,
        }))
    }
}

/// Goes to a member's value. Returns where the member before it ends, and where the value begins.
fn find_member(reader: &mut Reader<'_>, member: &str) -> Result<Option<(usize, usize)>, Fault> {
    let mut members = reader.object()?;
    loop {
        let before = reader.position();
        match reader.next_member(&mut members)? {
            None => return Ok(None),
            Some(name) if name == member => {
                let is_list = reader.peek() == Some(b'[');
                return Ok(is_list.then(|| (before, reader.position())));
            }
            Some(_) => reader.skip_value()?,
        }
    }
}

/// Returns an answer without the member that stands between these positions, a comma before it or behind it too.
fn without(body: &[u8], before: usize, end: usize) -> Option<Vec<u8>> {
    let (head, tail) = (body.get(..before)?, body.get(end..)?);
    let mut rest = Vec::with_capacity(head.len() + tail.len());
    rest.extend_from_slice(head);
    let is_first = head.trim_ascii_end().ends_with(b"{");
    let tail = tail.trim_ascii_start();
    rest.extend_from_slice(tail.strip_prefix(b",").filter(|_| is_first).unwrap_or(tail));
    Some(rest)
}

/// Reads `Count` of an answer whose list was taken out, and refuses what the SDK should have an opinion on: the same member
/// again, and what is no object.
fn said_count(rest: &[u8], member: &str) -> Result<Option<usize>, Fault> {
    let mut reader = Reader::new(rest)?;
    let mut members = reader.object()?;
    let mut count = None;
    while let Some(name) = reader.next_member(&mut members)? {
        let start = reader.position();
        reader.skip_value()?;
        let is_count = name == "Count";
        if name == member || (is_count && count.is_some()) {
            return Err(reader.fault(FaultKind::Repeated));
        }
        if is_count {
            count = reader.slice(start, reader.position())?.parse().ok();
        }
    }
    reader.end().map(|()| count)
}

/// As many bytes as the compiler compares at once.
const BLOCK: usize = 64;

/// Returns the length of the list that the bytes begin with, its `]` included.
fn end_of_list(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if has_candidate(block)
            && let Some(end) = (at..at + BLOCK).find(|end| is_end(bytes, *end))
        {
            return Some(end + 1);
        }
        at += BLOCK;
    }
    if let Some(end) = (at..bytes.len()).find(|end| is_end(bytes, *end)) {
        return Some(end + 1);
    }
    // The last member.
    let bytes = bytes.strip_suffix(b"}")?;
    bytes.ends_with(b"]").then_some(bytes.len())
}

/// Whether `]` is in the block with a comma or white space behind it.
fn has_candidate(block: &[u8; BLOCK + 1]) -> bool {
    let pairs = block.iter().zip(block.iter().skip(1));
    let found = pairs.fold(0, |found, (a, b)| {
        found | (u8::from(*a == b']') & (u8::from(*b == b',') | u8::from(*b <= b' ')))
    });
    found != 0
}

fn is_end(bytes: &[u8], at: usize) -> bool {
    let Some((b']', rest)) = bytes.get(at..).and_then(<[u8]>::split_first) else {
        return false;
    };
    let Some((b',', rest)) = rest.trim_ascii_start().split_first() else {
        return false;
    };
    matches!(rest.trim_ascii_start(), [b'"', letter, ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests;
