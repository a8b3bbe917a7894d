//! Lists, sets and maps, element by element.

use super::seeded;
use crate::codec::error::{CodecError, Step};
use crate::codec::kind::Kind;
use crate::codec::name::Name;
use crate::codec::wire::fault::FaultKind;
use crate::codec::wire::names::Names;
use crate::codec::wire::reader::{Elements, Members, Reader};
use crate::codec::wire::skip::Repeated;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ptr;

pub(super) struct Sequence<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// `None` behind the end.
    elements: Option<Elements>,
    bare: Option<Kind>,
    index: usize,
}

impl<'r, 'de> Sequence<'r, 'de> {
    /// Of an array that has been entered.
    #[inline]
    pub(super) fn new(reader: &'r mut Reader<'de>, elements: Elements, bare: Option<Kind>) -> Self {
        Self {
            reader,
            elements: Some(elements),
            bare,
            index: 0,
        }
    }

    #[inline]
    fn advance(&mut self) -> Result<bool, CodecError> {
        let Some(elements) = &mut self.elements else {
            return Ok(false);
        };
        if self.reader.plain_element(elements) {
            return Ok(true);
        }
        match self.reader.next_element(elements) {
            Ok(true) => Ok(true),
            Ok(false) => {
                self.elements = None;
                Ok(false)
            }
            Err(fault) => {
                self.elements = None;
                Err(self.reader.broken(fault))
            }
        }
    }

    /// Goes past the elements that the type did not ask for.
    #[inline]
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        if self.elements.is_some() {
            return self.skip_rest();
        }
        Ok(())
    }

    #[cold]
    fn skip_rest(&mut self) -> Result<(), CodecError> {
        while self.advance()? {
            let skipped = self.reader.skip_attribute(self.bare, Repeated::Ignored);
            self.reader.or_broken(skipped)?;
        }
        Ok(())
    }
}

impl<'de> SeqAccess<'de> for Sequence<'_, 'de> {
    type Error = CodecError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, CodecError> {
        if !self.advance()? {
            return Ok(None);
        }
        let index = self.index;
        self.index += 1;
        match seeded(self.reader, self.bare, seed) {
            Ok(value) => Ok(Some(value)),
            Err(e) => Err(e.within(Step::Index(index))),
        }
    }
}

/// The names that a map has had so far.
pub(in crate::codec::wire) trait Seen {
    /// Whether anybody looks.
    const LOOKS: bool;
    fn none() -> Self;
    /// Adds a name; `false` if it has been seen.
    fn add(&mut self, name: &str) -> bool;
}

impl Seen for Names {
    const LOOKS: bool = true;

    fn none() -> Self {
        Self::new()
    }

    fn add(&mut self, name: &str) -> bool {
        self.insert(name.as_bytes())
    }
}

impl Seen for () {
    const LOOKS: bool = false;

    fn none() -> Self {}

    fn add(&mut self, _: &str) -> bool {
        true
    }
}

/// Where the last value of each name is.
type LastOfNames<'de> = HashMap<Cow<'de, str>, usize>;

/// A map that has been entered.
pub(super) struct Entered<'de> {
    members: Members,
    unusual: Option<Box<Unusual<'de>>>,
}

/// What most maps have nothing of.
#[derive(Default)]
struct Unusual<'de> {
    /// Where the last value of each name is, if a name may come twice.
    last: Option<LastOfNames<'de>>,
    /// The name of the value that the reader stands at, without its escapes.
    unescaped: Option<Box<str>>,
}

impl<'de> Entered<'de> {
    /// Of a map in which no name comes twice.
    #[inline]
    pub(super) fn plainly(members: Members) -> Self {
        Self {
            members,
            unusual: None,
        }
    }

    /// Enters the map that the reader stands at.
    pub(super) fn at(reader: &mut Reader<'de>) -> Result<Self, CodecError> {
        let unusual = if reader.refuses_repeats() {
            Some(Box::new(Unusual {
                last: Some(look_ahead(reader)?),
                unescaped: None,
            }))
        } else {
            None
        };
        let members = reader.object();
        let members = reader.or_broken(members)?;
        Ok(Self { members, unusual })
    }
}

/// Finds the last value of each name of the map that the reader stands at.
#[cold]
fn look_ahead<'de>(reader: &mut Reader<'de>) -> Result<LastOfNames<'de>, CodecError> {
    let (start, depth) = (reader.position(), reader.depth());
    let last = reader.last_of_each_name();
    let last = reader.or_broken(last)?;
    reader.rewind(start, depth);
    Ok(last)
}

/// Stands for a name with escapes, which is told by its place in memory: every text can be a name.
static ESCAPED: &str = "\\";

pub(super) struct Entries<'r, 'de, N> {
    reader: &'r mut Reader<'de>,
    members: Members,
    at: At,
    /// Where it is between two values: before a name of its kind.
    between: At,
    /// The name of the value that the reader stands at, or [`ESCAPED`].
    name: &'de str,
    seen: N,
    unusual: Option<Box<Unusual<'de>>>,
    /// Whether somebody wants to know where attributes are.
    watched: bool,
}

/// What the reader of a map stands before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// A name, or the end.
    Name,
    /// The same, where a name may come twice.
    RepeatedName,
    /// A value whose name nobody knows.
    Value,
    /// A value whose name has been asked for.
    NamedValue,
    /// What is behind the map.
    Behind,
}

impl<'r, 'de, N: Seen> Entries<'r, 'de, N> {
    #[inline]
    pub(super) fn new(reader: &'r mut Reader<'de>, entered: Entered<'de>) -> Self {
        let between = if entered.unusual.is_some() {
            At::RepeatedName
        } else {
            At::Name
        };
        Self {
            watched: reader.is_watched(),
            reader,
            members: entered.members,
            at: between,
            between,
            name: "",
            seen: N::none(),
            unusual: entered.unusual,
        }
    }

    /// Goes to the next value in the one way that nearly every map is read; stays where it is otherwise.
    #[inline(always)]
    fn advance_plainly(&mut self) -> Option<&'de str> {
        if self.at != At::Name || N::LOOKS {
            return None;
        }
        let before = self.reader.position();
        let name = self.reader.plain_name(&mut self.members)?;
        if self.watched {
            self.reader.note_value(before);
        }
        self.at = At::Value;
        Some(name)
    }

    /// Goes behind the end of the map, if that comes next.
    #[inline]
    fn ends_plainly(&mut self) -> bool {
        let before = self.reader.position();
        let ends = self.at == self.between && self.reader.plain_end();
        if ends {
            self.at = At::Behind;
            if self.watched {
                self.reader.note_end(before);
            }
        }
        ends
    }

    /// Goes to the next value, and returns its name.
    fn advance(&mut self) -> Result<Option<Cow<'de, str>>, CodecError> {
        self.reader.note_end(0);
        loop {
            match self.at {
                At::Value | At::NamedValue => self.skip()?,
                At::Behind => return Ok(None),
                At::Name | At::RepeatedName => {}
            }
            self.at = At::Behind;
            let name = match self.reader.next_member(&mut self.members) {
                Ok(Some(name)) => name,
                Ok(None) => return Ok(None),
                Err(fault) => return Err(self.reader.broken(fault)),
            };
            let unusual = self.unusual.as_ref();
            match unusual.and_then(|unusual| unusual.last.as_ref()) {
                None if self.seen.add(&name) => {}
                None => {
                    let fault = self.reader.fault(FaultKind::Repeated);
                    return Err(self.reader.broken(fault));
                }
                Some(last) if last.get(&name) == Some(&self.reader.position()) => {}
                Some(_) => {
                    self.at = At::Value;
                    continue;
                }
            }
            self.at = At::Value;
            return Ok(Some(name));
        }
    }

    #[cold]
    fn skip(&mut self) -> Result<(), CodecError> {
        self.at = self.between;
        let skipped = self.reader.skip_attribute(None, Repeated::Ignored);
        self.reader.or_broken(skipped)
    }

    /// Goes past the entries that the type did not ask for.
    #[inline]
    pub(super) fn finish(&mut self) -> Result<(), CodecError> {
        if self.at == At::Behind {
            return Ok(());
        }
        self.skip_rest()
    }

    #[cold]
    fn skip_rest(&mut self) -> Result<(), CodecError> {
        while self.at != At::Behind {
            self.advance()?;
        }
        Ok(())
    }

    /// Reads a name that is not written plainly, or that others look at.
    #[cold]
    fn next_name_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, CodecError> {
        let key = match self.advance()? {
            None => return Ok(None),
            Some(Cow::Borrowed(name)) => {
                self.name = name;
                seed.deserialize(Name::Lasting(name))?
            }
            Some(Cow::Owned(name)) => {
                self.name = ESCAPED;
                let unescaped = &mut self.unusual.get_or_insert_default().unescaped;
                let name = unescaped.insert(name.into_boxed_str());
                seed.deserialize(Name::Passing(name))?
            }
        };
        self.at = At::NamedValue;
        Ok(Some(key))
    }

    #[cold]
    fn at_name(&self, e: CodecError) -> CodecError {
        let is_escaped = ptr::eq(self.name, ESCAPED);
        let unusual = self.unusual.as_ref().filter(|_| is_escaped);
        let unescaped = unusual.and_then(|unusual| unusual.unescaped.as_deref());
        e.within_name(unescaped.unwrap_or(self.name))
    }
}

impl<'de, N: Seen> MapAccess<'de> for Entries<'_, 'de, N> {
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
        let key = seed.deserialize(Name::Lasting(name))?;
        self.at = At::NamedValue;
        Ok(Some(key))
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, CodecError> {
        if self.at != At::NamedValue {
            return Err(CodecError::new("a map value was read before its name"));
        }
        self.at = self.between;
        match seeded(self.reader, None, seed) {
            Ok(value) => Ok(value),
            Err(e) => Err(self.at_name(e)),
        }
    }
}
