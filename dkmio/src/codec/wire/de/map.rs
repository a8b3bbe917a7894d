//! Decodes maps and structs, entry by entry.

use super::entered_map::{EnteredMap, RareParts};
use super::seeded;
use super::seen_names::SeenNames;
use crate::codec::entry_name::EntryName;
use crate::codec::error::CodecError;
use crate::codec::wire::fault::FaultKind;
use crate::codec::wire::reader::{Members, Reader};
use crate::codec::wire::skip::RepeatedNames;
use serde::de::{DeserializeSeed, MapAccess};
use std::borrow::Cow;
use std::ptr;

/// Put in place of a name with escapes. Compared by its address, because every text can be a name.
static ESCAPED: &str = "\\";

/// Hands the entries of a map to serde.
pub(super) struct JsonMap<'r, 'de, N> {
    reader: &'r mut Reader<'de>,
    members: Members,
    next: Next,
    /// What comes next after a value: a name, of the kind that this map has.
    after_value: Next,
    /// The name of the next value, or [`ESCAPED`].
    name: &'de str,
    seen: N,
    rare: Option<Box<RareParts<'de>>>,
    /// Whether the offsets of key attributes are recorded in this map.
    records_keys: bool,
}

/// What comes next in a map.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A name, or the end.
    Name,
    /// A name, which may come twice, or the end.
    RepeatedName,
    /// A value whose name serde has not asked for.
    Value,
    /// A value whose name serde has asked for.
    NamedValue,
    /// Nothing: the map has ended.
    Nothing,
}

impl<'r, 'de, N: SeenNames> JsonMap<'r, 'de, N> {
    #[inline]
    pub(super) fn new(reader: &'r mut Reader<'de>, entered: EnteredMap<'de>) -> Self {
        let after_value = if entered.rare.is_some() {
            Next::RepeatedName
        } else {
            Next::Name
        };
        Self {
            records_keys: reader.records_keys(),
            reader,
            members: entered.members,
            next: after_value,
            after_value,
            name: "",
            seen: N::none(),
            rare: entered.rare,
        }
    }

    /// Goes to the next value and returns its name, if the name is written plainly. Does not move otherwise.
    #[inline(always)]
    fn advance_plainly(&mut self) -> Option<&'de str> {
        if self.next != Next::Name || N::LOOKS {
            return None;
        }
        let before = self.reader.position();
        let name = self.reader.plain_name(&mut self.members)?;
        if self.records_keys {
            self.reader.begin_value(before);
        }
        self.next = Next::Value;
        Some(name)
    }

    /// Leaves the map, if its end comes next without white space.
    #[inline]
    fn ends_plainly(&mut self) -> bool {
        let before = self.reader.position();
        let ends = self.next == self.after_value && self.reader.plain_end();
        if ends {
            self.next = Next::Nothing;
            if self.records_keys {
                self.reader.end_value(before);
            }
        }
        ends
    }

    /// Goes to the next value and returns its name, however it is written.
    fn advance(&mut self) -> Result<Option<Cow<'de, str>>, CodecError> {
        self.reader.end_value(0);
        loop {
            match self.next {
                Next::Value | Next::NamedValue => self.skip()?,
                Next::Nothing => return Ok(None),
                Next::Name | Next::RepeatedName => {}
            }
            self.next = Next::Nothing;
            let name = match self.reader.next_member(&mut self.members) {
                Ok(Some(name)) => name,
                Ok(None) => return Ok(None),
                Err(fault) => return Err(self.reader.fail(fault)),
            };
            let rare = self.rare.as_ref();
            match rare.and_then(|rare| rare.last.as_ref()) {
                None if self.seen.add(&name) => {}
                None => {
                    let fault = self.reader.fault(FaultKind::Repeated);
                    return Err(self.reader.fail(fault));
                }
                Some(last) if last.get(&name) == Some(&self.reader.position()) => {}
                Some(_) => {
                    self.next = Next::Value;
                    continue;
                }
            }
            self.next = Next::Value;
            return Ok(Some(name));
        }
    }

    #[cold]
    fn skip(&mut self) -> Result<(), CodecError> {
        self.next = self.after_value;
        let skipped = self.reader.skip_attribute(None, RepeatedNames::Ignored);
        self.reader.or_fail(skipped)
    }

    /// Goes past the entries that the type did not ask for.
    #[inline]
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        if self.next == Next::Nothing {
            return Ok(());
        }
        self.skip_rest()
    }

    #[cold]
    fn skip_rest(&mut self) -> Result<(), CodecError> {
        while self.next != Next::Nothing {
            self.advance()?;
        }
        Ok(())
    }

    /// Hands a name to serde that is not written plainly, or that is compared with the names before it.
    #[cold]
    fn next_name_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, CodecError> {
        let key = match self.advance()? {
            None => return Ok(None),
            Some(Cow::Borrowed(name)) => {
                self.name = name;
                seed.deserialize(EntryName::Borrowed(name))?
            }
            Some(Cow::Owned(name)) => {
                self.name = ESCAPED;
                let unescaped = &mut self.rare.get_or_insert_default().unescaped;
                let name = unescaped.insert(name.into_boxed_str());
                seed.deserialize(EntryName::Transient(name))?
            }
        };
        self.next = Next::NamedValue;
        Ok(Some(key))
    }

    /// Adds the name of the value to the path of its error.
    #[cold]
    fn at_name(&self, e: CodecError) -> CodecError {
        let is_escaped = ptr::eq(self.name, ESCAPED);
        let rare = self.rare.as_ref().filter(|_| is_escaped);
        let unescaped = rare.and_then(|rare| rare.unescaped.as_deref());
        e.within_name(unescaped.unwrap_or(self.name))
    }
}

impl<'de, N: SeenNames> MapAccess<'de> for JsonMap<'_, 'de, N> {
    type Error = CodecError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, CodecError> {
        let Some(name) = self.advance_plainly() else {
            if self.ends_plainly() {
                return Ok(None);
            }
            return self.next_name_seed(seed);
        };
        self.name = name;
        let key = seed.deserialize(EntryName::Borrowed(name))?;
        self.next = Next::NamedValue;
        Ok(Some(key))
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, CodecError> {
        if self.next != Next::NamedValue {
            return Err(CodecError::new("a map value was read before its name"));
        }
        self.next = self.after_value;
        match seeded(self.reader, None, seed) {
            Ok(value) => Ok(value),
            Err(e) => Err(self.at_name(e)),
        }
    }
}
