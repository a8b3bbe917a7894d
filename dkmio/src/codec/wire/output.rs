use super::buffer::Buffer;
use super::names::fingerprint;
use super::short::Short;
use crate::codec::notes::MAX_LEVELS;
use crate::value::KeyPlaces;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// Not written: the other way gives the item, or the error.
#[derive(Debug)]
pub(super) struct NotInOnePass;

impl fmt::Display for NotInOnePass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be written in one pass")
    }
}

impl std::error::Error for NotInOnePass {}

impl ser::Error for NotInOnePass {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// What came of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Value,
    /// The value NULL, which reads as `None`.
    Null,
    /// An empty set, which was written and has to be taken back.
    EmptySet,
    /// serde's `None`: not a byte.
    Nothing,
}

/// What has been written, and its size as DynamoDB counts it.
#[derive(Clone)]
pub(super) struct Output {
    buffer: Buffer,
    size: usize,
    /// Something could not be written. Remembered, for a type may pass over the error.
    refuse: bool,
    /// Something may not read back.
    doubtful: bool,
    /// Lists and maps that are open, without the item's own map.
    levels: u8,
    key: fn(&str) -> Option<usize>,
    /// How many keys may still come.
    wanted: usize,
    keys: KeyPlaces,
}

/// The keys of an item's table and its indexes.
#[derive(Clone, Copy)]
pub(crate) struct KeyNames {
    /// Returns the place of an attribute among them, if it is one.
    pub(crate) place: fn(&str) -> Option<usize>,
    /// How many there are, at most.
    pub(crate) count: usize,
}

/// A state to go back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    length: usize,
    size: usize,
}

impl Output {
    pub(super) fn new(bytes: Vec<u8>, room: usize) -> Self {
        Self {
            buffer: Buffer::new(bytes, room),
            size: 0,
            refuse: false,
            doubtful: false,
            levels: 0,
            key: |_| None,
            wanted: 0,
            keys: KeyPlaces::all(),
        }
    }

    /// Notes where the values of the keys stand.
    pub(super) fn note_keys(&mut self, keys: KeyNames) {
        self.key = keys.place;
        self.wanted = keys.count;
    }

    pub(super) fn keys(&self) -> KeyPlaces {
        self.keys
    }

    /// Notes an attribute of the item, whose value ends here, if it is a key.
    #[inline]
    pub(super) fn note(&mut self, name: &str, start: usize) {
        if self.wanted > 0
            && let Some(place) = (self.key)(name)
        {
            self.wanted -= 1;
            self.keys.put(place, start..self.length());
        }
    }

    /// The same of a name that has been written, in quotes.
    pub(super) fn note_written(&mut self, name: Range<usize>, start: usize) {
        let written = self.part(name.start + 1..name.end.saturating_sub(1));
        match std::str::from_utf8(written) {
            Ok(name) if !name.contains('\\') => {
                if let Some(place) = (self.key)(name) {
                    self.keys.put(place, start..self.length());
                }
            }
            // It may be one.
            _ => self.keys = KeyPlaces::default(),
        }
    }

    /// Returns the bytes, and the size if all could be written.
    pub(super) fn into_parts(self) -> (Vec<u8>, Option<usize>) {
        let size = (!self.refuse).then_some(self.size);
        (self.buffer.into_bytes(), size)
    }

    /// Says that something may not read back.
    #[inline]
    pub(super) fn doubt(&mut self) {
        self.doubtful = true;
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Opens lists or maps, up to the depth that DynamoDB takes.
    #[inline]
    pub(super) fn open(&mut self, levels: u8) -> Result<(), NotInOnePass> {
        // A type may go on after an error, and open more.
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
        self.refuse = true;
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

    /// Forgets what has been written behind this length, and keeps the room. The size is not known any more.
    pub(super) fn truncate(&mut self, length: usize) {
        self.buffer.truncate(length);
    }

    /// Makes room for so many bytes more.
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

    /// Writes the first bytes of it.
    #[inline(always)]
    pub(super) fn raw_start<const N: usize>(&mut self, json: &[u8; N], length: usize) {
        self.buffer.raw_start(json, length);
    }

    pub(super) fn raw_slice(&mut self, json: &[u8]) {
        self.buffer.raw_slice(json);
    }

    /// Writes the name of a field, behind what opens the map or comes before. Returns the name's fingerprint.
    #[inline(never)]
    pub(super) fn field(&mut self, before: u8, name: &str) -> u64 {
        self.size += name.len();
        let before = &[before, b'"'];
        match Short::of(name.as_bytes()) {
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

    /// Writes what a type displays as, without making a string of it first.
    pub(super) fn displayed_value<T: fmt::Display + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<Written, NotInOnePass> {
        struct Escaping<'a>(&'a mut Output);

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
        Ok(Written::Value)
    }

    /// Writes a number in quotes and nothing else, which counts so much.
    pub(super) fn number_element(&mut self, text: &[u8], size: usize) {
        self.size += size;
        self.buffer.plain(b"\"", text, b"\"");
    }

    #[inline(never)]
    pub(super) fn number_value(&mut self, text: &[u8], size: usize) {
        self.size += size;
        self.buffer.plain(b"{\"N\":\"", text, b"\"}");
    }

    /// Writes binary data of a set.
    pub(super) fn binary(&mut self, data: &[u8]) {
        self.size += data.len();
        self.raw(b"\"");
        self.buffer.fill(data.len().div_ceil(3) * 4, |room| {
            // It has exactly the length that is needed.
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
