//! Enters and leaves the object around each value, which names its type: `{"S": …}`.

use super::fault::{Fault, FaultKind, Token};
use super::reader::{Members, Reader};
use crate::codec::value_kind::ValueKind;

const fn word(text: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*text)
}

/// The eight bytes at a type of one letter, without the letter: `{"S":`.
const ONE_LETTER: u64 = word(b"{\"\0\":\0\0\0");
const ONE_LETTER_MASK: u64 = word(b"\xff\xff\0\xff\xff\0\0\0");
/// The eight bytes at a type of two letters, without these: `{"SS":`.
const TWO_LETTERS: u64 = word(b"{\"\0\0\":\0\0");
const TWO_LETTERS_MASK: u64 = word(b"\xff\xff\0\0\xff\xff\0\0");

impl Reader<'_> {
    /// Enters a value, goes to its content and returns its type.
    pub(super) fn open(&mut self) -> Result<ValueKind, Fault> {
        // DynamoDB writes no white space, so that the type and the punctuation are compared at once.
        if let Some((kind, length)) = self.plain_type() {
            self.enter()?;
            self.skip_bytes(length);
            return Ok(kind);
        }
        self.open_any()
    }

    /// Returns the type of the next value, and how many bytes come before its content.
    #[inline]
    fn plain_type(&self) -> Option<(ValueKind, usize)> {
        let head = *self.rest().first_chunk::<8>()?;
        let all = word(&head);
        let [_, _, first, second, _, after_one, after_two, _] = head;
        // Another first byte does not belong to the type, or begins a `null`, which the SDK passes over.
        if all & ONE_LETTER_MASK == ONE_LETTER {
            let kind = match (first, after_one) {
                (b'S', b'"') => ValueKind::S,
                (b'N', b'"') => ValueKind::N,
                (b'M', b'{') => ValueKind::M,
                (b'L', b'[') => ValueKind::L,
                (b'B', b'"') => ValueKind::B,
                _ => return None,
            };
            return Some((kind, 5));
        }
        if all & TWO_LETTERS_MASK == TWO_LETTERS {
            let kind = match (first, second, after_two) {
                (b'S', b'S', b'[') => ValueKind::Ss,
                (b'N', b'S', b'[') => ValueKind::Ns,
                (b'B', b'S', b'[') => ValueKind::Bs,
                _ => return None,
            };
            return Some((kind, 6));
        }
        let kind = if all == word(b"{\"BOOL\":") {
            ValueKind::Bool
        } else if all == word(b"{\"NULL\":") {
            ValueKind::Null
        } else {
            return None;
        };
        match self.rest().get(8) {
            Some(b't' | b'f') => Some((kind, 8)),
            _ => None,
        }
    }

    /// Whether the next value certainly has a type other than NULL.
    #[inline]
    pub(super) fn is_plainly_not_null(&self) -> bool {
        self.plain_type()
            .is_some_and(|(kind, _)| kind != ValueKind::Null)
    }

    #[cold]
    fn open_any(&mut self) -> Result<ValueKind, Fault> {
        let mut members = self.object()?;
        match self.next_type(&mut members)? {
            Some(kind) => Ok(kind),
            None => Err(self.fault(FaultKind::Types)),
        }
    }

    /// Leaves a value.
    #[inline]
    pub(super) fn close(&mut self) -> Result<(), Fault> {
        if self.plain_end() {
            return Ok(());
        }
        self.close_any()
    }

    #[cold]
    fn close_any(&mut self) -> Result<(), Fault> {
        match self.next_type(&mut Members::after_first())? {
            None => Ok(()),
            Some(_) => Err(self.fault(FaultKind::Types)),
        }
    }

    /// Goes to the content of the next member that names a type, past those that the SDK passes over.
    #[cold]
    fn next_type(&mut self, members: &mut Members) -> Result<Option<ValueKind>, Fault> {
        while let Some(name) = self.next_name(members)? {
            self.expect(b':', Token::Colon)?;
            if self.null()? {
                continue;
            }
            let kind = match &*self.unescaped(name)? {
                "__type" => {
                    self.skip_value()?;
                    continue;
                }
                "S" => ValueKind::S,
                "N" => ValueKind::N,
                "B" => ValueKind::B,
                "BOOL" => ValueKind::Bool,
                "NULL" => ValueKind::Null,
                "L" => ValueKind::L,
                "M" => ValueKind::M,
                "SS" => ValueKind::Ss,
                "NS" => ValueKind::Ns,
                "BS" => ValueKind::Bs,
                _ => ValueKind::Unknown,
            };
            return Ok(Some(kind));
        }
        Ok(None)
    }
}
