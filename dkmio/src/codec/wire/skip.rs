//! Going past what nobody wants to have.

use super::fault::{Fault, FaultKind, Token};
use super::names::Names;
use super::reader::Reader;
use super::text;
use crate::codec::kind::Kind;
use std::borrow::Cow;
use std::collections::HashMap;

/// The deepest nesting that the SDK skips.
const MAX_SKIPPED: usize = 512;

/// Whether a name that comes twice in a map matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeated {
    Refused,
    Ignored,
}

impl<'de> Reader<'de> {
    /// Goes past any JSON value.
    pub(crate) fn skip_value(&mut self) -> Result<(), Fault> {
        // One bit for each open container: whether it is an object.
        let mut objects = [0u64; MAX_SKIPPED / 64];
        let mut depth = 0;
        loop {
            // Here a value begins.
            match self.peek() {
                Some(open @ (b'{' | b'[')) => {
                    self.skip_bytes(1);
                    let Some(word) = objects.get_mut(depth / 64) else {
                        return Err(self.fault(FaultKind::Depth));
                    };
                    let bit = 1 << (depth % 64);
                    let close = if open == b'{' {
                        *word |= bit;
                        b'}'
                    } else {
                        *word &= !bit;
                        b']'
                    };
                    depth += 1;
                    if self.peek() != Some(close) {
                        if open == b'{' {
                            self.skip_name()?;
                        }
                        continue;
                    }
                }
                _ => self.skip_scalar()?,
            }
            // And here one has ended.
            loop {
                let Some(outer) = depth.checked_sub(1) else {
                    return Ok(());
                };
                let object = objects[outer / 64] & (1 << (outer % 64)) != 0;
                if self.eat(b',') {
                    if object {
                        self.skip_name()?;
                    }
                    break;
                }
                if object {
                    self.expect(b'}', Token::NextMemberOrEnd)?;
                } else {
                    self.expect(b']', Token::NextElementOrEnd)?;
                }
                depth = outer;
            }
        }
    }

    fn skip_name(&mut self) -> Result<(), Fault> {
        self.span()?;
        self.expect(b':', Token::Colon)
    }

    fn skip_scalar(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.span().map(drop),
            Some(b'n') => self.literal(b"null", Token::Null),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'-' | b'0'..=b'9') => {
                let rest = self.rest();
                let length = rest
                    .iter()
                    .take_while(|b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
                    .count();
                let number = self.slice(self.position(), self.position() + length)?;
                // The SDK's grammar of numbers is that of Rust's floats.
                if number.parse::<f64>().is_err() {
                    return Err(self.fault(FaultKind::Number));
                }
                self.skip_bytes(length);
                Ok(())
            }
            _ => Err(self.fault(FaultKind::Expected(Token::Value))),
        }
    }

    /// Goes past an attribute value; with `bare`, past what a type holds, without the object around it.
    pub(super) fn skip_attribute(
        &mut self,
        bare: Option<Kind>,
        repeated: Repeated,
    ) -> Result<(), Fault> {
        let kind = match bare {
            Some(kind) => kind,
            None if self.plain_text::<b'S'>().is_some() || self.plain_text::<b'N'>().is_some() => {
                return Ok(());
            }
            None => self.open()?,
        };
        match kind {
            Kind::S | Kind::N if self.plain_string().is_some() => {}
            Kind::S | Kind::N => {
                let span = self.span()?;
                if span.escaped {
                    text::check_escapes(span.text).map_err(|kind| self.fault(kind))?;
                }
            }
            Kind::B => {
                let span = self.span()?;
                if !text::is_base64(span.text) {
                    return Err(self.fault(FaultKind::Base64));
                }
            }
            Kind::Bool | Kind::Null => {
                self.boolean()?;
            }
            Kind::L => self.skip_elements(None, repeated)?,
            Kind::Ss => self.skip_elements(Some(Kind::S), repeated)?,
            Kind::Ns => self.skip_elements(Some(Kind::N), repeated)?,
            Kind::Bs => self.skip_elements(Some(Kind::B), repeated)?,
            Kind::M => self.skip_members(repeated)?,
            Kind::Unknown => self.skip_value()?,
        }
        match bare {
            Some(_) => Ok(()),
            None => self.close(),
        }
    }

    fn skip_elements(&mut self, bare: Option<Kind>, repeated: Repeated) -> Result<(), Fault> {
        let mut elements = self.array()?;
        while self.next_element(&mut elements)? {
            self.skip_attribute(bare, repeated)?;
        }
        Ok(())
    }

    fn skip_members(&mut self, repeated: Repeated) -> Result<(), Fault> {
        let mut names = (repeated == Repeated::Refused).then(Names::new);
        let mut members = self.object()?;
        loop {
            if names.is_none() && self.plain_name(&mut members).is_some() {
                self.skip_attribute(None, repeated)?;
                continue;
            }
            let Some(name) = self.next_member(&mut members)? else {
                return Ok(());
            };
            if let Some(names) = &mut names {
                self.note(names, &name)?;
            }
            self.skip_attribute(None, repeated)?;
        }
    }

    /// Refuses a name that comes twice.
    pub(super) fn note(&self, names: &mut Names, name: &str) -> Result<(), Fault> {
        if names.insert(name.as_bytes()) {
            Ok(())
        } else {
            Err(self.fault(FaultKind::Repeated))
        }
    }

    /// Goes past a map, and returns where the last value of each name is.
    #[cold]
    pub(super) fn last_of_each_name(&mut self) -> Result<HashMap<Cow<'de, str>, usize>, Fault> {
        let mut last = HashMap::new();
        let mut members = self.object()?;
        while let Some(name) = self.next_member(&mut members)? {
            last.insert(name, self.position());
            self.skip_attribute(None, Repeated::Ignored)?;
        }
        Ok(last)
    }
}
