//! Writes values in DynamoDB JSON, counts their size, and notes where the keys are.

use super::buffer::Buffer;
use super::name_set::fingerprint;
use super::short_text::ShortText;
use super::written_as::{NotInOnePass, WrittenAs};
use crate::codec::nesting::MAX_LEVELS;
use crate::value::KeyRanges;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// The JSON of an item that is being written, and its size as DynamoDB counts it.
#[derive(Clone)]
pub(super) struct JsonWriter {
    buffer: Buffer,
    size: usize,
    /// `true` once a value was refused. Kept here because a `Serialize` impl may swallow the error.
    has_refused: bool,
    /// `true` once something was written that serde may not read back.
    is_doubtful: bool,
    /// How many lists and maps are open, not counting the item's own map.
    levels: u8,
    /// Returns the index of an attribute among the keys, if it is a key.
    key_index: fn(&str) -> Option<usize>,
    /// How many keys may still come.
    keys_left: usize,
    keys: KeyRanges,
}

/// Tells which attributes are keys of an item's table and its indexes. Made by the schema, and asked by [`JsonWriter`].
#[derive(Clone, Copy)]
pub(crate) struct KeyLookup {
    /// Returns the index of an attribute among the keys, if it is a key.
    pub(crate) index_of: fn(&str) -> Option<usize>,
    /// The largest number of keys that an item can have.
    pub(crate) count: usize,
}

/// A length to go back to, and the size at that length.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    length: usize,
    size: usize,
}

impl JsonWriter {
    pub(super) fn new(bytes: Vec<u8>, room: usize) -> Self {
        Self {
            buffer: Buffer::new(bytes, room),
            size: 0,
            has_refused: false,
            is_doubtful: false,
            levels: 0,
            key_index: |_| None,
            keys_left: 0,
            keys: KeyRanges::all(),
        }
    }

    /// Begins to note the byte ranges of these keys.
    pub(super) fn note_keys(&mut self, keys: KeyLookup) {
        self.key_index = keys.index_of;
        self.keys_left = keys.count;
    }

    pub(super) fn keys(&self) -> KeyRanges {
        self.keys
    }

    /// Notes the range of an attribute's value, which ends here, if the attribute is a key.
    #[inline]
    pub(super) fn note(&mut self, name: &str, start: usize) {
        if self.keys_left > 0
            && let Some(index) = (self.key_index)(name)
        {
            self.keys_left -= 1;
            self.keys.put(index, start..self.length());
        }
    }

    /// Notes the range of an attribute's value as [`JsonWriter::note`] does, for a name that has been written in
    /// quotes.
    pub(super) fn note_written(&mut self, name: Range<usize>, start: usize) {
        let written = self.part(name.start + 1..name.end.saturating_sub(1));
        match std::str::from_utf8(written) {
            Ok(name) if !name.contains('\\') => {
                if let Some(index) = (self.key_index)(name) {
                    self.keys.put(index, start..self.length());
                }
            }
            // A name with escapes may be a key's.
            _ => self.keys = KeyRanges::default(),
        }
    }

    /// Returns the bytes, and the size if no value was refused.
    pub(super) fn into_parts(self) -> (Vec<u8>, Option<usize>) {
        let size = (!self.has_refused).then_some(self.size);
        (self.buffer.into_bytes(), size)
    }

    /// Notes that serde may not read back what is written.
    #[inline]
    pub(super) fn doubt(&mut self) {
        self.is_doubtful = true;
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.is_doubtful
    }

    /// Opens lists or maps. Refuses more levels than DynamoDB takes.
    #[inline]
    pub(super) fn open(&mut self, levels: u8) -> Result<(), NotInOnePass> {
        // A type may go on after an error and open more levels, so this must not overflow.
        self.levels = self.levels.saturating_add(levels);
        if self.levels > MAX_LEVELS {
            return Err(self.refuse());
        }
        Ok(())
    }

    #[inline]
    pub(super) fn close(&mut self, levels: u8) {
        self.levels = self.levels.saturating_sub(levels);
    }

    #[cold]
    pub(super) fn refuse(&mut self) -> NotInOnePass {
        self.has_refused = true;
        NotInOnePass
    }

    #[inline]
    pub(super) fn mark(&self) -> Mark {
        Mark {
            length: self.buffer.length(),
            size: self.size,
        }
    }

    #[inline]
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.buffer.truncate(mark.length);
        self.size = mark.size;
    }

    /// Forgets what has been written after this length, and keeps the room. The size is wrong from then on.
    pub(super) fn truncate(&mut self, length: usize) {
        self.buffer.truncate(length);
    }

    /// Makes room for `more` bytes.
    pub(super) fn reserve(&mut self, more: usize) {
        self.buffer.reserve(more);
    }

    pub(super) fn length(&self) -> usize {
        self.buffer.length()
    }

    /// Returns a part of what has been written.
    pub(super) fn part(&self, range: Range<usize>) -> &[u8] {
        self.buffer.part(range)
    }

    #[inline]
    pub(super) fn count(&mut self, size: usize) {
        self.size += size;
    }

    #[inline(always)]
    pub(super) fn raw<const N: usize>(&mut self, json: &[u8; N]) {
        self.buffer.raw(json);
    }

    /// Writes the first `length` bytes of `json`.
    #[inline(always)]
    pub(super) fn raw_start<const N: usize>(&mut self, json: &[u8; N], length: usize) {
        self.buffer.raw_start(json, length);
    }

    pub(super) fn raw_slice(&mut self, json: &[u8]) {
        self.buffer.raw_slice(json);
    }

    /// Writes a field's name after the byte `before`, which is `{` or a comma. Returns the name's fingerprint.
    #[inline(never)]
    pub(super) fn field(&mut self, before: u8, name: &str) -> u64 {
        self.size += name.len();
        let before = &[before, b'"'];
        match ShortText::of(name.as_bytes()) {
            Some(short) if short.is_plain_ascii() && self.buffer.short(before, short, b"\":") => {
                short.fingerprint()
            }
            _ => self.long_field(before, name),
        }
    }

    #[cold]
    fn long_field(&mut self, before: &[u8; 2], name: &str) -> u64 {
        self.buffer.long(before, name.as_bytes(), b"\":");
        fingerprint(name.as_bytes())
    }

    /// Writes a string in quotes.
    #[inline(never)]
    pub(super) fn string(&mut self, text: &str) {
        self.size += text.len();
        self.buffer.text(b"\"", text.as_bytes(), b"\"");
    }

    #[inline(never)]
    pub(super) fn string_value(&mut self, text: &str) {
        self.size += text.len();
        self.buffer.text(b"{\"S\":\"", text.as_bytes(), b"\"}");
    }

    /// Writes a type's `Display` text as a string, without allocating it first.
    pub(super) fn displayed_value<T: fmt::Display + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<WrittenAs, NotInOnePass> {
        struct Escaping<'a>(&'a mut JsonWriter);

        impl fmt::Write for Escaping<'_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.size += text.len();
                self.0.buffer.text(b"", text.as_bytes(), b"");
                Ok(())
            }
        }

        self.raw(b"{\"S\":\"");
        if write!(Escaping(self), "{value}").is_err() {
            return Err(self.refuse());
        }
        self.raw(b"\"}");
        Ok(WrittenAs::Value)
    }

    /// Writes a number of a set, which counts `size` bytes.
    pub(super) fn number_element(&mut self, text: &[u8], size: usize) {
        self.size += size;
        self.buffer.plain(b"\"", text, b"\"");
    }

    #[inline(never)]
    pub(super) fn number_value(&mut self, text: &[u8], size: usize) {
        self.size += size;
        self.buffer.plain(b"{\"N\":\"", text, b"\"}");
    }

    /// Writes binary data of a set, in base64.
    pub(super) fn binary(&mut self, data: &[u8]) {
        self.size += data.len();
        self.raw(b"\"");
        self.buffer.fill(data.len().div_ceil(3) * 4, |room| {
            // The room has exactly the length of the base64.
            let written = STANDARD.encode_slice(data, room);
            debug_assert_eq!(written.ok(), Some(data.len().div_ceil(3) * 4));
        });
        self.raw(b"\"");
    }

    pub(super) fn binary_value(&mut self, data: &[u8]) {
        self.raw(b"{\"B\":");
        self.binary(data);
        self.raw(b"}");
    }

    pub(super) fn bool_value(&mut self, value: bool) {
        self.size += 1;
        if value {
            self.raw(b"{\"BOOL\":true}");
        } else {
            self.raw(b"{\"BOOL\":false}");
        }
    }

    pub(super) fn null_value(&mut self) {
        self.size += 1;
        self.raw(b"{\"NULL\":true}");
    }
}
