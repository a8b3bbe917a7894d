//! Goes past JSON that no type asks for, and checks it as far as the SDK does.

use super::base64_text::is_base64;
use super::escapes::check_escapes;
use super::fault::{Fault, FaultKind, Token};
use super::name_set::NameSet;
use super::reader::Reader;
use crate::codec::value_kind::ValueKind;
use std::borrow::Cow;
use std::collections::HashMap;

/// The deepest nesting that the SDK skips.
const MAX_SKIPPED: usize = 512;

/// Whether a name may come twice in a map that is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RepeatedNames {
    Refused,
    Ignored,
}

/// Goes past an item and checks that it is one.
pub(crate) fn skip_item(reader: &mut Reader<'_>) -> Result<(), Fault> {
    reader.skip_attribute(Some(ValueKind::M), RepeatedNames::Ignored)
}

impl<'de> Reader<'de> {
    /// Goes past any JSON value.
    pub(crate) fn skip_value(&mut self) -> Result<(), Fault> {
        // One bit for each open container, which is 1 for an object.
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
            // Here a value has ended.
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
        self.raw_string()?;
        self.expect(b':', Token::Colon)
    }

    fn skip_scalar(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.raw_string().map(drop),
            Some(b'n') => self.literal(b"null", Token::Null),
            Some(b't' | b'f') => self.boolean().map(drop),
            Some(b'-' | b'0'..=b'9') => {
                let rest = self.rest();
                let length = rest
                    .iter()
                    .take_while(|b| matches!(b, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
                    .count();
                let number = self.slice(self.position(), self.position() + length)?;
                // The SDK takes as numbers what Rust parses as floats.
                if number.parse::<f64>().is_err() {
                    return Err(self.fault(FaultKind::Number));
                }
                self.skip_bytes(length);
                Ok(())
            }
            _ => Err(self.fault(FaultKind::Expected(Token::Value))),
        }
    }

    /// Goes past an attribute value.
    ///
    /// `bare` is the type of a value that has no object around it: an item, or an element of a set.
    pub(super) fn skip_attribute(
        &mut self,
        bare: Option<ValueKind>,
        repeated: RepeatedNames,
    ) -> Result<(), Fault> {
        let kind = match bare {
            Some(kind) => kind,
            None if self.plain_text::<b'S'>().is_some() || self.plain_text::<b'N'>().is_some() => {
                return Ok(());
            }
            None => self.open()?,
        };
        match kind {
            ValueKind::S | ValueKind::N if self.plain_string().is_some() => {}
            ValueKind::S | ValueKind::N => {
                let raw = self.raw_string()?;
                if raw.escaped {
                    check_escapes(raw.text).map_err(|kind| self.fault(kind))?;
                }
            }
            ValueKind::B => {
                let raw = self.raw_string()?;
                if !is_base64(raw.text) {
                    return Err(self.fault(FaultKind::Base64));
                }
            }
            ValueKind::Bool | ValueKind::Null => {
                self.boolean()?;
            }
            ValueKind::L => self.skip_elements(None, repeated)?,
            ValueKind::Ss => self.skip_elements(Some(ValueKind::S), repeated)?,
            ValueKind::Ns => self.skip_elements(Some(ValueKind::N), repeated)?,
            ValueKind::Bs => self.skip_elements(Some(ValueKind::B), repeated)?,
            ValueKind::M => self.skip_members(repeated)?,
            ValueKind::Unknown => self.skip_value()?,
        }
        match bare {
            Some(_) => Ok(()),
            None => self.close(),
        }
    }

    fn skip_elements(
        &mut self,
        bare: Option<ValueKind>,
        repeated: RepeatedNames,
    ) -> Result<(), Fault> {
        let mut elements = self.array()?;
        while self.next_element(&mut elements)? {
            self.skip_attribute(bare, repeated)?;
        }
        Ok(())
    }

    fn skip_members(&mut self, repeated: RepeatedNames) -> Result<(), Fault> {
        let mut names = (repeated == RepeatedNames::Refused).then(NameSet::new);
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
                self.add_name(names, &name)?;
            }
            self.skip_attribute(None, repeated)?;
        }
    }

    /// Adds a name to those of its map. Refuses a name that is among them already.
    pub(super) fn add_name(&self, names: &mut NameSet, name: &str) -> Result<(), Fault> {
        if names.insert(name.as_bytes()) {
            Ok(())
        } else {
            Err(self.fault(FaultKind::Repeated))
        }
    }

    /// Goes past a map and returns the position of the last value of each name.
    #[cold]
    pub(super) fn last_of_each_name(&mut self) -> Result<HashMap<Cow<'de, str>, usize>, Fault> {
        let mut last = HashMap::new();
        let mut members = self.object()?;
        while let Some(name) = self.next_member(&mut members)? {
            last.insert(name, self.position());
            self.skip_attribute(None, RepeatedNames::Ignored)?;
        }
        Ok(last)
    }
}
