//! The object around each value: `{"S": …}`.

use super::fault::{Fault, FaultKind, Token};
use super::reader::{Members, Reader};
use crate::codec::kind::Kind;

const fn word(text: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*text)
}

/// A type of one letter and what is around it, without the letter: `{"S":`.
const SHORT: u64 = word(b"{\"\0\":\0\0\0");
const SHORT_MASK: u64 = word(b"\xff\xff\0\xff\xff\0\0\0");
/// A type of two letters: `{"SS":`.
const SET: u64 = word(b"{\"\0\0\":\0\0");
const SET_MASK: u64 = word(b"\xff\xff\0\0\xff\xff\0\0");

impl Reader<'_> {
    /// Enters a value and goes to what its type holds.
    pub(super) fn open(&mut self) -> Result<Kind, Fault> {
        // DynamoDB writes no white space: the type is read with what is around it.
        if let Some((kind, length)) = self.plain_type() {
            self.enter()?;
            self.skip_bytes(length);
            return Ok(kind);
        }
        self.open_any()
    }

    /// Returns the type of the value that the reader stands at, and how long what stands before the value's content is.
    #[inline]
    fn plain_type(&self) -> Option<(Kind, usize)> {
        let head = *self.rest().first_chunk::<8>()?;
        let all = word(&head);
        let [_, _, first, second, _, short, set, _] = head;
        // What begins otherwise does not belong to its type, or is a null, which the SDK does not count.
        if all & SHORT_MASK == SHORT {
            let kind = match (first, short) {
                (b'S', b'"') => Kind::S,
                (b'N', b'"') => Kind::N,
                (b'M', b'{') => Kind::M,
                (b'L', b'[') => Kind::L,
                (b'B', b'"') => Kind::B,
                _ => return None,
            };
            return Some((kind, 5));
        }
        if all & SET_MASK == SET {
            let kind = match (first, second, set) {
                (b'S', b'S', b'[') => Kind::Ss,
                (b'N', b'S', b'[') => Kind::Ns,
                (b'B', b'S', b'[') => Kind::Bs,
                _ => return None,
            };
            return Some((kind, 6));
        }
        let kind = if all == word(b"{\"BOOL\":") {
            Kind::Bool
        } else if all == word(b"{\"NULL\":") {
            Kind::Null
        } else {
            return None;
        };
        match self.rest().get(8) {
            Some(b't' | b'f') => Some((kind, 8)),
            _ => None,
        }
    }

    /// Returns whether the value that the reader stands at is of a type other than NULL for certain.
    #[inline]
    pub(super) fn is_plainly_something(&self) -> bool {
        self.plain_type()
            .is_some_and(|(kind, _)| kind != Kind::Null)
    }

    #[cold]
    fn open_any(&mut self) -> Result<Kind, Fault> {
        let mut members = self.object()?;
        match self.next_type(&mut members)? {
            Some(kind) => Ok(kind),
            None => Err(self.fault(FaultKind::Types)),
        }
    }

    /// Goes behind the end of a value.
    #[inline]
    pub(super) fn close(&mut self) -> Result<(), Fault> {
        if self.plain_end() {
            return Ok(());
        }
        self.close_any()
    }

    #[cold]
    fn close_any(&mut self) -> Result<(), Fault> {
        match self.next_type(&mut Members::entered())? {
            None => Ok(()),
            Some(_) => Err(self.fault(FaultKind::Types)),
        }
    }

    /// Goes to the next member that says a type, past those that the SDK does not count.
    #[cold]
    fn next_type(&mut self, members: &mut Members) -> Result<Option<Kind>, Fault> {
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
                "S" => Kind::S,
                "N" => Kind::N,
                "B" => Kind::B,
                "BOOL" => Kind::Bool,
                "NULL" => Kind::Null,
                "L" => Kind::L,
                "M" => Kind::M,
                "SS" => Kind::Ss,
                "NS" => Kind::Ns,
                "BS" => Kind::Bs,
                _ => Kind::Unknown,
            };
            return Ok(Some(kind));
        }
        Ok(None)
    }
}
