use super::ser::{NotMine, Written};
use super::text::{is_plain, plain_run};
use crate::value::number_size;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// What has been written, and its size as DynamoDB counts it.
pub(super) struct Output {
    bytes: Vec<u8>,
    size: usize,
    /// Something could not be written. Remembered, for a type may pass over the error.
    not_mine: bool,
}

/// A state to go back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    length: usize,
    size: usize,
}

impl Output {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            size: 0,
            not_mine: false,
        }
    }

    /// Returns the bytes, and the size if all could be written.
    pub(super) fn into_parts(self) -> (Vec<u8>, Option<usize>) {
        (self.bytes, (!self.not_mine).then_some(self.size))
    }

    #[cold]
    pub(super) fn not_mine(&mut self) -> NotMine {
        self.not_mine = true;
        NotMine
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            length: self.bytes.len(),
            size: self.size,
        }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.bytes.truncate(mark.length);
        self.size = mark.size;
    }

    pub(super) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Returns a part of what has been written.
    pub(super) fn part(&self, range: Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    pub(super) fn count(&mut self, size: usize) {
        self.size += size;
    }

    #[inline(always)]
    pub(super) fn raw(&mut self, json: &[u8]) {
        self.bytes.extend_from_slice(json);
    }

    /// Writes a string in quotes.
    pub(super) fn string(&mut self, text: &str) {
        self.size += text.len();
        self.bytes.reserve(text.len() + 8);
        self.raw(b"\"");
        self.text(text);
        self.raw(b"\"");
    }

    #[inline]
    fn text(&mut self, text: &str) {
        if is_plain(text.as_bytes()) {
            self.bytes.extend_from_slice(text.as_bytes());
        } else {
            self.escaped(text);
        }
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        loop {
            let (run, special) = rest.split_at(plain_run(rest));
            self.bytes.extend_from_slice(run);
            let Some((byte, after)) = special.split_first() else {
                return;
            };
            self.escape(*byte);
            rest = after;
        }
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' | b'\\' => byte,
            8 => b'b',
            12 => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            control => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let (high, low) = (
                    HEX[usize::from(control >> 4)],
                    HEX[usize::from(control & 15)],
                );
                self.bytes
                    .extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
                return;
            }
        };
        self.bytes.extend_from_slice(&[b'\\', short]);
    }

    pub(super) fn string_value(&mut self, text: &str) {
        self.size += text.len();
        self.bytes.reserve(text.len() + 16);
        self.raw(b"{\"S\":\"");
        self.text(text);
        self.raw(b"\"}");
    }

    /// Writes what a type displays as, without making a string of it first.
    pub(super) fn displayed_value<T: fmt::Display + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<Written, NotMine> {
        struct Escaping<'a>(&'a mut Output);

        impl fmt::Write for Escaping<'_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                self.0.size += text.len();
                self.0.text(text);
                Ok(())
            }
        }

        self.raw(b"{\"S\":\"");
        if write!(Escaping(self), "{value}").is_err() {
            return Err(self.not_mine());
        }
        self.raw(b"\"}");
        Ok(Written::Value)
    }

    /// Writes a number of a set.
    pub(super) fn number_element(&mut self, text: &str) {
        self.size += number_size(text);
        self.bytes.push(b'"');
        self.raw(text.as_bytes());
        self.bytes.push(b'"');
    }

    pub(super) fn number_value(&mut self, text: &str) {
        self.size += number_size(text);
        self.bytes.reserve(text.len() + 8);
        self.raw(b"{\"N\":\"");
        self.raw(text.as_bytes());
        self.raw(b"\"}");
    }

    /// Writes binary data of a set.
    pub(super) fn binary(&mut self, data: &[u8]) {
        self.size += data.len();
        self.bytes.push(b'"');
        let start = self.bytes.len();
        self.bytes.resize(start + data.len().div_ceil(3) * 4, 0);
        // It has exactly the length that is needed.
        let written = STANDARD.encode_slice(data, &mut self.bytes[start..]);
        debug_assert_eq!(written.ok(), Some(self.bytes.len() - start));
        self.bytes.push(b'"');
    }

    pub(super) fn binary_value(&mut self, data: &[u8]) {
        self.raw(b"{\"B\":");
        self.binary(data);
        self.raw(b"}");
    }

    pub(super) fn bool_value(&mut self, value: bool) {
        self.size += 1;
        self.raw(if value {
            b"{\"BOOL\":true}"
        } else {
            b"{\"BOOL\":false}"
        });
    }

    pub(super) fn null_value(&mut self) {
        self.size += 1;
        self.raw(b"{\"NULL\":true}");
    }
}
