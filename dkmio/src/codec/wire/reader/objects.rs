//! The reader's objects: items, maps, and the object around each value.

use super::cursor::Reader;
use super::strings::RawString;
use crate::codec::wire::fault::{Fault, Token};
use crate::codec::wire::key_offsets::NO_KEY;
use crate::codec::wire::special_bytes::run_up_to;
use std::borrow::Cow;

/// An object that has been entered.
pub(crate) struct Members {
    /// `true` until the first member.
    is_first: bool,
}

impl Members {
    /// An object of which a member has been read already.
    pub(in crate::codec::wire) fn after_first() -> Self {
        Self { is_first: false }
    }
}

impl<'de> Reader<'de> {
    /// Enters an object, whose members [`Reader::next_member`] walks through.
    pub(crate) fn object(&mut self) -> Result<Members, Fault> {
        self.expect(b'{', Token::Object)?;
        self.enter()?;
        Ok(Members { is_first: true })
    }

    /// Goes to the next member's value and returns the member's name, or `None` after the end of the object.
    pub(crate) fn next_member(
        &mut self,
        members: &mut Members,
    ) -> Result<Option<Cow<'de, str>>, Fault> {
        if let Some(name) = self.plain_name(members) {
            return Ok(Some(Cow::Borrowed(name)));
        }
        let Some(name) = self.next_name(members)? else {
            return Ok(None);
        };
        let name = self.unescaped(name)?;
        self.expect(b':', Token::Colon)?;
        Ok(Some(name))
    }

    /// Goes to the next member's value and returns the member's name, if the name is written plainly, as nearly every
    /// name in a response is. Does not move otherwise.
    #[inline(always)]
    pub(in crate::codec::wire) fn plain_name(&mut self, members: &mut Members) -> Option<&'de str> {
        let rest = self.text.as_bytes().get(self.position..)?;
        // The first member has no comma before it, and every other member has one.
        match rest.first()? {
            b'"' if members.is_first => {}
            b',' if !members.is_first => {}
            _ => return None,
        }
        if let Some(predicted) = self.predictor.expected(rest) {
            members.is_first = false;
            self.position += predicted.length();
            self.key_index = predicted.key_index;
            return Some(predicted.name);
        }
        self.unpredicted_name(rest, members)
    }

    #[inline(never)]
    fn unpredicted_name(&mut self, rest: &'de [u8], members: &mut Members) -> Option<&'de str> {
        let (rest, before) = match rest {
            [b',', b'"', rest @ ..] => (rest, 2),
            [b'"', rest @ ..] => (rest, 1),
            _ => return None,
        };
        let length = run_up_to(rest, b"\":")?;
        let start = self.position + before;
        let end = start + length;
        let name = self.text.get(start..end)?;
        let key_offsets = self.key_offsets.as_ref();
        self.key_index = key_offsets.map_or(NO_KEY, |keys| keys.index_of(name));
        if self.predictor.learns() {
            let text = self.text.get(self.position..end + 2)?;
            self.predictor.learn(text, name, self.key_index);
        }
        members.is_first = false;
        self.position = end + 2;
        Some(name)
    }

    /// Enters a value of type M and its map, if they are written plainly. Does not move otherwise, nor if names may
    /// come twice.
    #[inline]
    pub(in crate::codec::wire) fn plain_map(&mut self) -> Option<Members> {
        let entered = !self.looks_ahead && self.enter_plainly(b"{\"M\":{");
        entered.then_some(Members { is_first: true })
    }

    /// Leaves an object, if its end comes next without white space.
    #[inline]
    pub(in crate::codec::wire) fn plain_end(&mut self) -> bool {
        let ends = self.text.as_bytes().get(self.position) == Some(&b'}');
        if ends {
            self.position += 1;
            self.leave();
        }
        ends
    }

    /// Reads the next member's name, up to its closing quote. Returns `None` after the end of the object.
    pub(in crate::codec::wire) fn next_name(
        &mut self,
        members: &mut Members,
    ) -> Result<Option<RawString<'de>>, Fault> {
        if !members.is_first {
            if self.eat(b',') {
                return self.raw_string().map(Some);
            }
        } else {
            members.is_first = false;
            if self.peek() == Some(b'"') {
                return self.raw_string().map(Some);
            }
        }
        self.expect(b'}', Token::NameOrEnd)?;
        self.leave();
        Ok(None)
    }
}
