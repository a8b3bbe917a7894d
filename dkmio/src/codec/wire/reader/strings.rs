//! The strings of a text.

use super::{HEAD, MAX_DEPTH, Reader};
use crate::codec::wire::fault::{Fault, FaultKind, Token};
use crate::codec::wire::text::{self, BLOCKS, WINDOW};
use std::borrow::Cow;

/// A string as it stands between its quotes.
#[derive(Clone, Copy)]
pub(in crate::codec::wire) struct Span<'de> {
    pub(in crate::codec::wire) text: &'de str,
    pub(in crate::codec::wire) escaped: bool,
}

impl<'de> Reader<'de> {
    /// Reads a string without escapes that comes next. Stays where it is otherwise.
    #[inline]
    pub(in crate::codec::wire) fn plain_string(&mut self) -> Option<&'de str> {
        let (b'"', rest) = self.rest().split_first()? else {
            return None;
        };
        let length = text::run_up_to(rest, b"\"")?;
        self.text_between(1, length, 1)
    }

    /// Reads a string or number as DynamoDB writes nearly every one, with what is around it. Stays where it is, if it is
    /// written otherwise, of another type, or near the end of the text.
    #[inline(always)]
    pub(in crate::codec::wire) fn plain_text<const TAG: u8>(&mut self) -> Option<&'de str> {
        let rest = self.text.as_bytes().get(self.position..)?;
        let value = rest.first_chunk::<{ HEAD + WINDOW }>()?;
        // The head as one word, and what is behind it shifted out.
        let head = u64::from_le_bytes([b'{', b'"', TAG, b'"', b':', b'"', 0, 0]);
        let differs = (u64::from_le_bytes(*value.first_chunk()?) ^ head) << 16;
        if differs != 0 || self.depth >= MAX_DEPTH {
            return None;
        }
        let window = value.last_chunk()?;
        let Some(length) = text::first_special_of(window) else {
            return self.long_plain_text();
        };
        if !window.get(length..)?.starts_with(b"\"}") {
            return None;
        }
        self.text_between(HEAD, length, 2)
    }

    /// The same of a text that is longer than a window, behind whose head it goes.
    #[inline(never)]
    fn long_plain_text(&mut self) -> Option<&'de str> {
        let content = self.rest().get(HEAD..)?;
        let length = text::long_run_up_to(content, BLOCKS, b"\"}")?;
        self.text_between(HEAD, length, 2)
    }

    /// Goes past so many bytes before a text, the text, and so many behind it.
    #[inline(always)]
    fn text_between(&mut self, before: usize, length: usize, after: usize) -> Option<&'de str> {
        // In two steps, which are short enough to stand here.
        let text = self.text.get(self.position + before..)?.get(..length)?;
        self.position += before + length + after;
        Some(text)
    }

    /// Reads a string: borrowed, unless it has escapes.
    pub(crate) fn string(&mut self) -> Result<Cow<'de, str>, Fault> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.other_string(),
        }
    }

    /// The same, if it does not stand there plainly.
    pub(in crate::codec::wire) fn other_string(&mut self) -> Result<Cow<'de, str>, Fault> {
        if let Some(text) = self.escaped_string() {
            return Ok(Cow::Owned(text));
        }
        let span = self.span()?;
        self.unescaped(span)
    }

    /// Reads a string with escapes that comes next. Stays where it is otherwise.
    fn escaped_string(&mut self) -> Option<String> {
        let start = self.position + 1;
        let text = self.text.get(self.position..)?.strip_prefix('"')?;
        let (resolved, length) = text::resolve_up_to_quote(text, &mut self.room)?;
        self.position = start + length + 1;
        Some(resolved.to_owned())
    }

    pub(in crate::codec::wire) fn unescaped(
        &self,
        span: Span<'de>,
    ) -> Result<Cow<'de, str>, Fault> {
        if span.escaped {
            self.resolve(span.text)
        } else {
            Ok(Cow::Borrowed(span.text))
        }
    }

    #[cold]
    fn resolve(&self, escaped: &str) -> Result<Cow<'de, str>, Fault> {
        text::unescape(escaped)
            .map(Cow::Owned)
            .map_err(|kind| self.fault(kind))
    }

    /// Goes behind a string.
    pub(in crate::codec::wire) fn span(&mut self) -> Result<Span<'de>, Fault> {
        self.expect(b'"', Token::String)?;
        let start = self.position;
        let mut escaped = false;
        loop {
            let rest = self.rest();
            let run = text::plain_run(rest);
            self.position += run;
            match rest.get(run) {
                Some(b'"') => break,
                // The byte after it is no quote that ends, whatever else it is.
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
        Ok(Span { text, escaped })
    }
}
