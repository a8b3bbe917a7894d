//! The object around each value: `{"S": …}`.

use super::fault::{Fault, FaultKind};
use super::reader::{Members, Reader};
use crate::codec::kind::Kind;

const fn word(text: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*text)
}

impl Reader<'_> {
    /// Enters a value and goes to what its type holds.
    pub(super) fn open(&mut self) -> Result<Kind, Fault> {
        if let Some(head) = self.rest().first_chunk::<8>() {
            let head_word = word(head);
            // DynamoDB writes no white space: the type is read with what is around it.
            let (kind, length) = match *head {
                [b'{', b'"', b'S', b'"', b':', b'"', ..] => (Kind::S, 5),
                [b'{', b'"', b'N', b'"', b':', b'"', ..] => (Kind::N, 5),
                [b'{', b'"', b'B', b'"', b':', b'"', ..] => (Kind::B, 5),
                [b'{', b'"', b'M', b'"', b':', b'{', ..] => (Kind::M, 5),
                [b'{', b'"', b'L', b'"', b':', b'[', ..] => (Kind::L, 5),
                [b'{', b'"', b'S', b'S', b'"', b':', b'[', _] => (Kind::Ss, 6),
                [b'{', b'"', b'N', b'S', b'"', b':', b'[', _] => (Kind::Ns, 6),
                [b'{', b'"', b'B', b'S', b'"', b':', b'[', _] => (Kind::Bs, 6),
                _ if head_word == word(b"{\"BOOL\":") => (Kind::Bool, 8),
                _ if head_word == word(b"{\"NULL\":") => (Kind::Null, 8),
                _ => (Kind::Unknown, 0),
            };
            if length != 0 && self.rest().get(length) != Some(&b'n') {
                self.enter()?;
                self.skip_bytes(length);
                return Ok(kind);
            }
        }
        self.open_any()
    }

    fn open_any(&mut self) -> Result<Kind, Fault> {
        let mut members = self.object()?;
        match self.next_type(&mut members)? {
            Some(kind) => Ok(kind),
            None => Err(self.fault(FaultKind::Types)),
        }
    }

    /// Goes behind the end of a value.
    pub(super) fn close(&mut self) -> Result<(), Fault> {
        if self.rest().first() == Some(&b'}') {
            self.skip_bytes(1);
            self.leave();
            return Ok(());
        }
        match self.next_type(&mut Members::entered())? {
            None => Ok(()),
            Some(_) => Err(self.fault(FaultKind::Types)),
        }
    }

    /// Goes to the next member that says a type, past those that the SDK does not count.
    #[cold]
    fn next_type(&mut self, members: &mut Members) -> Result<Option<Kind>, Fault> {
        while let Some(name) = self.next_name(members)? {
            self.expect(b':', "`:`")?;
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
