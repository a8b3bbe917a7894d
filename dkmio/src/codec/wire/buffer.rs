//! The bytes of a request while they are written: appends texts with their escapes, short ones without a loop.

use super::short_text::ShortText;
use super::special_bytes::{BLOCK, first_special, is_plain, is_special};
use std::ops::Range;

/// How much room a short text and what is written with it takes at most.
const WINDOW: usize = 64;

/// How many bytes of room are filled with zeros at a time.
const STEP: usize = 1024;

/// A vector with room after its content, so that a short text is copied in steps of a fixed length.
#[derive(Clone)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    /// How many bytes are content. The bytes after these are room.
    length: usize,
}

impl Buffer {
    /// Appends to `bytes`, and expects to append about `room` bytes.
    pub(super) fn new(mut bytes: Vec<u8>, room: usize) -> Self {
        let length = bytes.len();
        bytes.resize(bytes.capacity().min(length + room), 0);
        Self { bytes, length }
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.length);
        self.bytes
    }

    #[inline(always)]
    pub(super) fn length(&self) -> usize {
        self.length
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.length = length;
    }

    /// Returns a part of what has been written.
    pub(super) fn part(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    /// Makes room for `more` bytes.
    pub(super) fn reserve(&mut self, more: usize) {
        let needed = self.length + more + WINDOW;
        self.bytes.reserve(needed.saturating_sub(self.bytes.len()));
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        self.reserve(more + WINDOW);
        let needed = self.length + more + 2 * WINDOW;
        // Bytes of the capacity that are never reached need not be filled.
        let filled = needed.max(self.bytes.len() + STEP);
        self.bytes.resize(filled.min(self.bytes.capacity()), 0);
    }

    /// Returns the room, if there is enough for a short text.
    #[inline(always)]
    fn window(&mut self) -> Option<&mut [u8; WINDOW]> {
        self.bytes.get_mut(self.length..)?.first_chunk_mut()
    }

    /// Takes `length` bytes of the room, which the caller fills.
    fn room(&mut self, length: usize) -> &mut [u8] {
        let start = self.length;
        if self.bytes.len() - start < length {
            self.grow(length);
        }
        self.length += length;
        self.bytes.get_mut(start..self.length).unwrap_or_default()
    }

    /// Writes a few bytes that need no escapes.
    #[inline(always)]
    pub(super) fn raw<const N: usize>(&mut self, json: &[u8; N]) {
        const { assert!(N <= WINDOW) }
        match self.window().and_then(|window| window.first_chunk_mut()) {
            Some(to) => {
                *to = *json;
                self.length += N;
            }
            None => self.raw_slice(json),
        }
    }

    /// Writes the first `length` of a few bytes that need no escapes.
    #[inline(always)]
    pub(super) fn raw_start<const N: usize>(&mut self, json: &[u8; N], length: usize) {
        self.raw(json);
        self.length -= N - length.min(N);
    }

    /// Writes bytes that need no escapes.
    pub(super) fn raw_slice(&mut self, json: &[u8]) {
        self.room(json.len()).copy_from_slice(json);
    }

    /// Lets a function fill the next `length` bytes.
    pub(super) fn fill(&mut self, length: usize, fill: impl FnOnce(&mut [u8])) {
        fill(self.room(length));
    }

    /// Writes a text with its escapes, between `before` and `after`.
    #[inline(always)]
    pub(super) fn text<const B: usize, const A: usize>(
        &mut self,
        before: &[u8; B],
        text: &[u8],
        after: &[u8; A],
    ) {
        let short = ShortText::of(text).filter(|short| short.is_plain_ascii());
        if !short.is_some_and(|short| self.short(before, short, after)) {
            self.long(before, text, after);
        }
    }

    /// Writes a text that needs no escapes, between `before` and `after`.
    #[inline(always)]
    pub(super) fn plain<const B: usize, const A: usize>(
        &mut self,
        before: &[u8; B],
        text: &[u8],
        after: &[u8; A],
    ) {
        if !ShortText::of(text).is_some_and(|short| self.short(before, short, after)) {
            self.long(before, text, after);
        }
    }

    /// Writes a short text that needs no escapes, between `before` and `after`. Returns `false` if there is not enough
    /// room.
    #[inline(always)]
    pub(super) fn short<const B: usize, const A: usize>(
        &mut self,
        before: &[u8; B],
        text: ShortText,
        after: &[u8; A],
    ) -> bool {
        let end = B + text.length();
        let Some(window) = self.window() else {
            return false;
        };
        if let Some(to) = window.first_chunk_mut() {
            *to = *before;
        }
        text.copy_to(window, B);
        if let Some(to) = window.get_mut(end..end + A) {
            to.copy_from_slice(after);
        }
        self.length += end + A;
        true
    }

    /// Writes a text of any length with its escapes, between `before` and `after`.
    #[inline(never)]
    pub(super) fn long<const B: usize, const A: usize>(
        &mut self,
        before: &[u8; B],
        text: &[u8],
        after: &[u8; A],
    ) {
        self.raw(before);
        let blocks = text.first_chunk().zip(text.last_chunk());
        match blocks.filter(|_| text.len() <= 2 * BLOCK) {
            // The two blocks may overlap.
            Some((first, last)) if is_plain_block(first) && is_plain_block(last) => {
                let length = text.len();
                let room = self.room(length);
                copy_block(room, 0, first);
                copy_block(room, length - BLOCK, last);
            }
            None if is_plain(text) => self.raw_slice(text),
            _ => self.escaped(text),
        }
        self.raw(after);
    }

    #[cold]
    fn escaped(&mut self, text: &[u8]) {
        let mut rest = text;
        while let Some((block, after)) = rest.split_first_chunk() {
            self.raw(block);
            let Some(at) = first_special(block) else {
                rest = after;
                continue;
            };
            self.length -= BLOCK - at;
            rest = self.escape(rest.get(at..).unwrap_or_default());
        }
        while let Some((byte, after)) = rest.split_first() {
            rest = if is_special(*byte) {
                self.escape(rest)
            } else {
                self.raw(&[*byte]);
                after
            };
        }
    }

    /// Writes the first byte of a text as an escape, and returns the other bytes.
    fn escape<'a>(&mut self, text: &'a [u8]) -> &'a [u8] {
        let Some((byte, rest)) = text.split_first() else {
            return text;
        };
        let short = match *byte {
            byte @ (b'"' | b'\\') => byte,
            8 => b'b',
            12 => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            control => {
                let digit = |value: u8| match value {
                    0..=9 => b'0' + value,
                    _ => b'a' + value - 10,
                };
                let (high, low) = (digit(control >> 4), digit(control & 15));
                self.raw(&[b'\\', b'u', b'0', b'0', high, low]);
                return rest;
            }
        };
        self.raw(&[b'\\', short]);
        rest
    }
}

#[inline(always)]
fn is_plain_block(block: &[u8; BLOCK]) -> bool {
    first_special(block).is_none()
}

#[inline(always)]
fn copy_block(room: &mut [u8], start: usize, block: &[u8; BLOCK]) {
    if let Some(to) = room.get_mut(start..start + BLOCK) {
        to.copy_from_slice(block);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// serde_json writes the expected strings.
    #[test]
    fn texts_of_every_length_are_written_with_their_escapes() {
        for length in 0_usize..150 {
            for special in ["", "\"", "\\", "\n", "\u{1}", "\u{1f}", "é", "\u{7f}"] {
                for at in [0, length / 2, length.saturating_sub(1), length] {
                    let mut text = "x".repeat(length);
                    text.insert_str(at, special);
                    let mut buffer = Buffer::new(b"before ".to_vec(), 9);
                    buffer.text(b"\"", text.as_bytes(), b"\"");
                    buffer.raw(b" after");
                    let json = serde_json::to_string(&text).unwrap();
                    let written = String::from_utf8(buffer.into_bytes()).unwrap();
                    assert_eq!(written, format!("before {json} after"));
                }
            }
        }
    }

    #[test]
    fn what_is_written_after_a_step_back_takes_the_place_of_what_was_there() {
        let mut buffer = Buffer::new(Vec::new(), 0);
        buffer.plain(b"{", b"12", b",");
        let length = buffer.length();
        buffer.text(b"[", b"a text that is longer than a word", b"]");
        buffer.truncate(length);
        buffer.raw_slice(b"}");
        assert_eq!(buffer.part(0..length + 1), b"{12,}");
        assert_eq!(buffer.into_bytes(), b"{12,}");
    }
}
