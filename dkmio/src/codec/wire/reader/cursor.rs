//! The reader itself: its position, its depth, and what punctuation comes next.

use crate::codec::wire::fault::{Fault, FaultKind, Token};
use crate::codec::wire::key_offsets::{KeyOffsets, NO_KEY};
use crate::codec::wire::name_predictor::NamePredictor;
use std::ops::Range;

/// The deepest nesting of objects and arrays that the SDK reads.
pub(super) const MAX_DEPTH: u32 = 128;

/// The depth after a fault. No value begins or ends at this depth, so that comparing depths finds the fault.
const DEPTH_OF_FAULT: u32 = u32::MAX;

/// How many bytes come before the content of a value whose type is one letter, as in `{"S":"…"}`.
pub(super) const HEAD: usize = 6;

/// A cursor over JSON, which takes exactly what the SDK's parser takes.
///
/// Names and strings that the SDK skips may have any escapes, because the SDK does not look at these.
pub(crate) struct Reader<'de> {
    pub(super) text: &'de str,
    pub(super) position: usize,
    /// How many objects and arrays are open at the position.
    pub(super) depth: u32,
    /// The first fault. Kept here because serde's errors cannot carry it.
    fault: Option<Fault>,
    /// `true` once a name came twice in a map. Each map is then searched for the last value of each name before it is
    /// read.
    pub(super) looks_ahead: bool,
    /// `true` once a type that takes anything, such as serde's buffer, was handed binary data that is UTF-8.
    has_buffered_text: bool,
    pub(super) predictor: NamePredictor<'de>,
    /// Where the key attributes of the item are, if somebody asked for them.
    pub(super) key_offsets: Option<KeyOffsets>,
    /// The index of the last plain name among the key attributes, or [`NO_KEY`].
    pub(super) key_index: usize,
    /// Room in which escapes are resolved.
    pub(super) scratch: Vec<u8>,
}

impl<'de> Reader<'de> {
    /// Returns a reader of a response.
    pub(crate) fn new(bytes: &'de [u8]) -> Result<Self, Fault> {
        Self::at_depth(bytes, 0)
    }

    /// Returns a reader of an item, which may be as deep as an item in a response to GetItem.
    pub(crate) fn of_item(bytes: &'de [u8]) -> Result<Self, Fault> {
        Self::at_depth(bytes, 1)
    }

    fn at_depth(bytes: &'de [u8], depth: u32) -> Result<Self, Fault> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::nested(text, depth)),
            Err(e) => Err(Fault::new(FaultKind::Utf8, e.valid_up_to())),
        }
    }

    /// Returns a reader of a part of a text, in which `depth` objects and arrays are open.
    pub(in crate::codec::wire) fn nested(text: &'de str, depth: u32) -> Self {
        Self {
            text,
            position: 0,
            depth,
            fault: None,
            looks_ahead: false,
            has_buffered_text: false,
            predictor: NamePredictor::of(text.len()),
            key_offsets: None,
            key_index: NO_KEY,
            scratch: Vec::new(),
        }
    }

    /// Returns the byte offset of what is read next.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(in crate::codec::wire) fn depth(&self) -> u32 {
        self.depth
    }

    /// Goes back to an earlier position.
    pub(in crate::codec::wire) fn rewind(&mut self, position: usize, depth: u32) {
        self.position = position;
        self.depth = depth;
    }

    /// Returns the text between two positions.
    pub(crate) fn slice(&self, from: usize, to: usize) -> Result<&'de str, Fault> {
        self.text
            .get(from..to)
            .ok_or_else(|| Fault::new(FaultKind::Utf8, from))
    }

    /// Returns the bytes between two positions.
    pub(in crate::codec::wire) fn bytes(&self, range: Range<usize>) -> Option<&'de [u8]> {
        self.text.as_bytes().get(range)
    }

    pub(in crate::codec::wire) fn rest(&self) -> &'de [u8] {
        self.text
            .as_bytes()
            .get(self.position..)
            .unwrap_or_default()
    }

    pub(in crate::codec::wire) fn skip_bytes(&mut self, count: usize) {
        self.position += count;
    }

    /// Returns a fault at the position.
    #[cold]
    pub(crate) fn fault(&self, kind: FaultKind) -> Fault {
        Fault::new(kind, self.position.min(self.text.len()))
    }

    /// Remembers the first fault, because serde's errors cannot carry it.
    ///
    /// The depth becomes [`DEPTH_OF_FAULT`], so that who compares depths needs no look at the fault.
    #[cold]
    pub(in crate::codec::wire) fn remember(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
        self.depth = DEPTH_OF_FAULT;
    }

    pub(in crate::codec::wire) fn first_fault(&self) -> Option<Fault> {
        self.fault
    }

    /// Forgets the fault. With `looks_ahead`, each map is searched for the last value of each name before it is read.
    pub(in crate::codec::wire) fn start_over(&mut self, looks_ahead: bool) {
        self.fault = None;
        self.looks_ahead = looks_ahead;
        if looks_ahead {
            self.key_offsets = None;
        }
    }

    /// Notes binary data that a type takes which takes anything.
    #[cold]
    pub(in crate::codec::wire) fn note_buffered(&mut self, bytes: &[u8]) {
        self.has_buffered_text |= std::str::from_utf8(bytes).is_ok();
    }

    /// Returns whether there was such data, and forgets it.
    pub(in crate::codec::wire) fn take_buffered_text(&mut self) -> bool {
        std::mem::take(&mut self.has_buffered_text)
    }

    pub(in crate::codec::wire) fn looks_ahead(&self) -> bool {
        self.looks_ahead
    }

    /// Returns the next byte that is not white space.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.text.as_bytes().get(self.position) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.peek_after_space(),
        }
    }

    #[cold]
    fn peek_after_space(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.position) {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.position += 1,
                next => return next.copied(),
            }
        }
    }

    /// Goes past this punctuation, if it comes next.
    #[inline]
    pub(in crate::codec::wire) fn eat(&mut self, punctuation: u8) -> bool {
        let found = self.peek() == Some(punctuation);
        self.position += usize::from(found);
        found
    }

    #[inline]
    pub(in crate::codec::wire) fn expect(
        &mut self,
        punctuation: u8,
        token: Token,
    ) -> Result<(), Fault> {
        if self.eat(punctuation) {
            Ok(())
        } else {
            Err(self.fault(FaultKind::Expected(token)))
        }
    }

    /// Expects only white space up to the end of the text.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault(FaultKind::Expected(Token::End))),
        }
    }

    #[inline]
    pub(in crate::codec::wire) fn enter(&mut self) -> Result<(), Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fault(FaultKind::Depth));
        }
        self.depth += 1;
        Ok(())
    }

    pub(in crate::codec::wire) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Enters a value and its list or map, if it begins plainly with `head`.
    #[inline(always)]
    pub(super) fn enter_plainly(&mut self, head: &[u8; HEAD]) -> bool {
        let begins = self.rest().first_chunk() == Some(head) && self.depth < MAX_DEPTH - 1;
        if begins {
            self.position += HEAD;
            self.depth += 2;
        }
        begins
    }

    /// Goes past `null`, if it comes next.
    pub(crate) fn null(&mut self) -> Result<bool, Fault> {
        if self.peek() != Some(b'n') {
            return Ok(false);
        }
        self.literal(b"null", Token::Null).map(|()| true)
    }

    pub(in crate::codec::wire) fn boolean(&mut self) -> Result<bool, Fault> {
        let value = self.peek() == Some(b't');
        self.literal(if value { b"true" } else { b"false" }, Token::Boolean)?;
        Ok(value)
    }

    pub(in crate::codec::wire) fn literal(
        &mut self,
        word: &[u8],
        token: Token,
    ) -> Result<(), Fault> {
        if !self.rest().starts_with(word) {
            return Err(self.fault(FaultKind::Expected(token)));
        }
        self.position += word.len();
        Ok(())
    }
}
