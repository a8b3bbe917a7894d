//! Reads strings: plain ones in one step, and others with their escapes.

use super::cursor::{HEAD, MAX_DEPTH, Reader};
use crate::codec::wire::escapes;
use crate::codec::wire::fault::{Fault, FaultKind, Token};
use crate::codec::wire::special_bytes::{self, BLOCKS, WINDOW};
use aws_smithy_types::base64;
use std::borrow::Cow;

/// The text between a string's quotes, with its escapes.
#[derive(Clone, Copy)]
pub(in crate::codec::wire) struct RawString<'de> {
    pub(in crate::codec::wire) text: &'de str,
    /// `true` if the text has escapes.
    pub(in crate::codec::wire) escaped: bool,
}

impl<'de> Reader<'de> {
    /// Reads a string, if it comes next without white space and has no escapes. Does not move otherwise.
    #[inline]
    pub(in crate::codec::wire) fn plain_string(&mut self) -> Option<&'de str> {
        let (b'"', rest) = self.rest().split_first()? else {
            return None;
        };
        let length = special_bytes::run_up_to(rest, b"\"")?;
        self.text_between(1, length, 1)
    }

    /// Reads a value of type S or N with the object around it, if it is written plainly. Does not move otherwise, nor
    /// if the value has another type or is near the end of the text.
    #[inline(always)]
    pub(in crate::codec::wire) fn plain_text<const TAG: u8>(&mut self) -> Option<&'de str> {
        let rest = self.text.as_bytes().get(self.position..)?;
        let value = rest.first_chunk::<{ HEAD + WINDOW }>()?;
        // The head is compared as one word; the two bytes after it are shifted out.
        let head = u64::from_le_bytes([b'{', b'"', TAG, b'"', b':', b'"', 0, 0]);
        let differs = (u64::from_le_bytes(*value.first_chunk()?) ^ head) << 16;
        if differs != 0 || self.depth >= MAX_DEPTH {
            return None;
        }
        let window = value.last_chunk()?;
        let Some(length) = special_bytes::first_special_of(window) else {
            return self.long_plain_text();
        };
        if !window.get(length..)?.starts_with(b"\"}") {
            return None;
        }
        self.text_between(HEAD, length, 2)
    }

    /// Reads a value whose head has been compared, and whose text is longer than a window.
    #[inline(never)]
    fn long_plain_text(&mut self) -> Option<&'de str> {
        let content = self.rest().get(HEAD..)?;
        let length = special_bytes::long_run_up_to(content, BLOCKS, b"\"}")?;
        self.text_between(HEAD, length, 2)
    }

    /// Returns the text of `length` bytes that begins `before` bytes after the position, and goes to `after` bytes
    /// after it.
    #[inline(always)]
    fn text_between(&mut self, before: usize, length: usize, after: usize) -> Option<&'de str> {
        // In two steps, because these are short enough to be inlined.
        let text = self.text.get(self.position + before..)?.get(..length)?;
        self.position += before + length + after;
        Some(text)
    }

    /// Reads a string. It is borrowed, unless it has escapes.
    pub(crate) fn string(&mut self) -> Result<Cow<'de, str>, Fault> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped_or_spaced_string(),
        }
    }

    /// Reads a string that [`Reader::plain_string`] did not read.
    pub(in crate::codec::wire) fn escaped_or_spaced_string(
        &mut self,
    ) -> Result<Cow<'de, str>, Fault> {
        if let Some(text) = self.escaped_string() {
            return Ok(Cow::Owned(text));
        }
        let raw = self.raw_string()?;
        self.unescaped(raw)
    }

    /// Reads a string with escapes in one pass, if it comes next without white space. Does not move otherwise.
    fn escaped_string(&mut self) -> Option<String> {
        let start = self.position + 1;
        let text = self.text.get(self.position..)?.strip_prefix('"')?;
        let (resolved, length) = escapes::resolve_up_to_quote(text, &mut self.scratch)?;
        self.position = start + length + 1;
        Some(resolved.to_owned())
    }

    /// Returns a string with its escapes resolved.
    pub(in crate::codec::wire) fn unescaped(
        &self,
        raw: RawString<'de>,
    ) -> Result<Cow<'de, str>, Fault> {
        if raw.escaped {
            self.resolve(raw.text)
        } else {
            Ok(Cow::Borrowed(raw.text))
        }
    }

    #[cold]
    fn resolve(&self, escaped: &str) -> Result<Cow<'de, str>, Fault> {
        escapes::unescape(escaped)
            .map(Cow::Owned)
            .map_err(|kind| self.fault(kind))
    }

    /// Goes past a string and returns it with its escapes.
    pub(in crate::codec::wire) fn raw_string(&mut self) -> Result<RawString<'de>, Fault> {
        self.expect(b'"', Token::String)?;
        let start = self.position;
        let mut escaped = false;
        loop {
            let rest = self.rest();
            let run = special_bytes::plain_run(rest);
            self.position += run;
            match rest.get(run) {
                Some(b'"') => break,
                // The next byte is escaped, so it does not end the string even if it is a quote.
                Some(b'\\') => {
                    escaped = true;
                    self.position += 2;
                }
                Some(_) => return Err(self.fault(FaultKind::Control)),
                None => return Err(self.fault(FaultKind::Expected(Token::Quote))),
            }
        }
        let text = self.slice(start, self.position)?;
        self.position += 1;
        Ok(RawString { text, escaped })
    }

    /// Reads binary data.
    pub(in crate::codec::wire) fn blob(&mut self) -> Result<Vec<u8>, Fault> {
        let raw = self.raw_string()?;
        base64::decode(raw.text).map_err(|_| self.fault(FaultKind::Base64))
    }
}
