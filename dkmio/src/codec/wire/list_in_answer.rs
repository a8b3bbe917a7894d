//! Finds the list of items in an answer.

use super::fault::{Fault, FaultKind};
use super::reader::Reader;

/// A list of items in an answer, and the rest of the answer. Found by the executor, and taken by `UnreadItems`.
pub(crate) struct ListInAnswer {
    pub(crate) range: (usize, usize),
    pub(crate) count: usize,
    pub(crate) rest: Vec<u8>,
}

/// How many bytes of an answer are searched for the beginning of the list. The members before it are short: a key or
/// two at most.
pub(super) const SEARCHED: usize = 16 * 1024;

impl ListInAnswer {
    /// Finds the list by its beginning and its end, without looking at the items between.
    ///
    /// The end is `]`, `,`, `"` and a letter, with or without white space between them. Nothing within an item matches:
    /// each list or set there is the only member of an object and is followed by `}`; a quote within a string has a
    /// backslash before it; and no letter follows a string's last quote. If the answer is not DynamoDB's, the end found
    /// may be wrong; who decodes the items then arrives at another end and fails.
    pub(crate) fn find_fast(body: &[u8], member: &str) -> Option<Self> {
        let head = body.get(..SEARCHED).unwrap_or(body);
        let head = head.utf8_chunks().next()?.valid();
        let (before, start) =
            find_member(&mut Reader::new(head.as_bytes()).ok()?, member).ok()??;
        let list = body.get(start..)?;
        let end = start + end_of_list(list)?;
        let rest = without(body, before, end)?;
        let count = stated_count(&rest, member).ok()??;
        let is_empty = match list {
            [b'[', b']', ..] => true,
            [b'[', b'{', ..] => false,
            _ => return None,
        };
        (is_empty == (count == 0)).then_some(Self {
            range: (start, end),
            count,
            rest,
        })
    }

    /// Finds the list by going through the whole answer, and counts its items.
    pub(crate) fn find(body: &[u8], member: &str) -> Result<Option<Self>, Fault> {
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
        stated_count(&rest, member)?;
        Ok(Some(Self {
            range: (start, end),
            count,
            rest,
        }))
    }
}

/// Goes to a member's value. Returns where the member before ends and where the value begins; `None` if there is no
/// such member, or if it is no list.
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

/// Returns an answer without the member between these offsets, and without the comma before or after it.
fn without(body: &[u8], before: usize, end: usize) -> Option<Vec<u8>> {
    let (head, tail) = (body.get(..before)?, body.get(end..)?);
    let mut rest = Vec::with_capacity(head.len() + tail.len());
    rest.extend_from_slice(head);
    let is_first = head.trim_ascii_end().ends_with(b"{");
    let tail = tail.trim_ascii_start();
    rest.extend_from_slice(tail.strip_prefix(b",").filter(|_| is_first).unwrap_or(tail));
    Some(rest)
}

/// Reads `Count` of an answer whose list was taken out. Refuses answers that are for the SDK to judge: with a second
/// list or `Count`, or that are no object.
fn stated_count(rest: &[u8], member: &str) -> Result<Option<usize>, Fault> {
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

/// How many bytes are compared in one step, which the compiler makes vector instructions of.
const BLOCK: usize = 64;

/// Returns the length of the list at the beginning of the bytes, up to and with its `]`.
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
    // The list is the last member.
    let bytes = bytes.strip_suffix(b"}")?;
    bytes.ends_with(b"]").then_some(bytes.len())
}

/// Whether the block has a `]` with a comma or white space after it.
fn has_candidate(block: &[u8; BLOCK + 1]) -> bool {
    let pairs = block.iter().zip(block.iter().skip(1));
    let found = pairs.fold(0, |found, (a, b)| {
        found | (u8::from(*a == b']') & u8::from(*b <= b','))
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
