//! Reads the content of a value, for the deserializer: its text, its elements, its entries.

use super::JsonDeserializer;
use super::entered_map::EnteredMap;
use super::list::JsonList;
use super::map::JsonMap;
use super::seen_names::SeenNames;
use super::value_context::ValueContext;
use crate::codec::error::CodecError;
use crate::codec::set_policy::SetPolicy;
use crate::codec::value_kind::ValueKind;
use crate::codec::wire::fault::Fault;
use crate::codec::wire::reader::Elements;
use serde::de::Visitor;
use std::borrow::Cow;

impl<'r, 'de> JsonDeserializer<'r, 'de> {
    /// The value for a type that keeps a set as a set.
    pub(super) fn reading_set(self) -> Self {
        match self.context.bare {
            None => Self {
                context: ValueContext::SET,
                ..self
            },
            // An item, or an element of a set: neither is a set.
            Some(_) => self,
        }
    }

    pub(super) fn open(&mut self) -> Result<ValueKind, CodecError> {
        match self.context.bare {
            None => match self.reader.open() {
                Ok(kind) => Ok(kind),
                Err(fault) => Err(self.reader.fail(fault)),
            },
            Some(kind) => Ok(kind),
        }
    }

    fn close(&mut self) -> Result<(), Fault> {
        match self.context.bare {
            None => self.reader.close(),
            Some(_) => Ok(()),
        }
    }

    /// Leaves the value, once its content has been read.
    #[inline]
    pub(super) fn closed(&mut self) -> Result<(), CodecError> {
        let closed = self.close();
        self.reader.or_fail(closed)
    }

    /// Reads the text of a value of type S or N that is not written plainly.
    pub(super) fn text(&mut self) -> Result<Cow<'de, str>, CodecError> {
        let text = self.reader.escaped_or_spaced_string();
        let text = text.and_then(|text| self.close().map(|()| text));
        self.reader.or_fail(text)
    }

    /// Reads the text of a value of type S or N, if it is written plainly. Does not move otherwise.
    #[inline(always)]
    pub(super) fn plain_text<const TAG: u8>(&mut self) -> Option<&'de str> {
        match self.context.bare {
            None => self.reader.plain_text::<TAG>(),
            Some(kind) if kind.tag() == Some(TAG) => self.reader.plain_string(),
            Some(_) => None,
        }
    }

    /// Reads the text of a value of this type, or returns the error that it has another type than `what`.
    pub(super) fn text_of(
        &mut self,
        kind: ValueKind,
        what: &str,
    ) -> Result<Cow<'de, str>, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            found if found == kind => self.text(),
            found => Err(self.reader.mismatch(what, found, start)),
        }
    }

    pub(super) fn blob(&mut self) -> Result<Vec<u8>, CodecError> {
        let blob = match self.reader.blob() {
            Ok(blob) => self.close().map(|()| blob),
            Err(fault) => Err(fault),
        };
        self.reader.or_fail(blob)
    }

    pub(super) fn boolean(&mut self) -> Result<bool, CodecError> {
        let value = match self.reader.boolean() {
            Ok(value) => self.close().map(|()| value),
            Err(fault) => Err(fault),
        };
        self.reader.or_fail(value)
    }

    /// Enters a list or set whose type has been read.
    pub(super) fn enter_array(&mut self) -> Result<Elements, CodecError> {
        let elements = self.reader.array();
        self.reader.or_fail(elements)
    }

    /// Reads the elements of a list or set.
    pub(super) fn elements<V: Visitor<'de>>(
        mut self,
        elements: Elements,
        bare: Option<ValueKind>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let mut list = JsonList::new(self.reader, elements, bare);
        let mut result = visitor.visit_seq(&mut list);
        if result.is_ok()
            && let Err(e) = list.finish().and_then(|()| self.closed())
        {
            result = Err(e);
        }
        result
    }

    /// Enters a list or set, or returns the error that the value is neither. Returns the type of a set's elements too.
    #[inline(never)]
    pub(super) fn enter_list_or_set(
        &mut self,
        reads_sets: fn(SetPolicy) -> bool,
    ) -> Result<(Elements, Option<ValueKind>), CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            kind if kind == ValueKind::L
                || (kind.is_set() && reads_sets(self.context.set_policy)) =>
            {
                Ok((self.enter_array()?, element_kind(kind)))
            }
            found => {
                self.reader.rewind(start.0, start.1);
                Err(if found.is_set() {
                    found.not_a_list()
                } else {
                    found.instead_of("a list or set")
                })
            }
        }
    }

    /// Reads the entries of a map.
    pub(super) fn entries<V: Visitor<'de>, N: SeenNames>(
        mut self,
        entered: EnteredMap<'de>,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let mut entries = JsonMap::<N>::new(self.reader, entered);
        let mut result = visitor.visit_map(&mut entries);
        if result.is_ok()
            && let Err(e) = entries.finish().and_then(|()| self.closed())
        {
            result = Err(e);
        }
        result
    }

    pub(super) fn map<V: Visitor<'de>, N: SeenNames>(
        mut self,
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        let entered = match self.context.bare {
            None => self.reader.plain_map(),
            Some(_) => None,
        };
        let entered = match entered {
            Some(members) => EnteredMap::plainly(members),
            None => self.enter_map()?,
        };
        self.entries::<V, N>(entered, visitor)
    }

    /// Enters a map, or returns the error that the value is none.
    #[inline(never)]
    fn enter_map(&mut self) -> Result<EnteredMap<'de>, CodecError> {
        let start = (self.reader.position(), self.reader.depth());
        match self.open()? {
            ValueKind::M => EnteredMap::at(self.reader),
            found => Err(self.reader.mismatch("a map", found, start)),
        }
    }
}

pub(super) fn visit_text<'de, V: Visitor<'de>>(
    text: Cow<'de, str>,
    visitor: V,
) -> Result<V::Value, CodecError> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

/// Returns the type of a set's elements.
pub(super) fn element_kind(set: ValueKind) -> Option<ValueKind> {
    match set {
        ValueKind::Ss => Some(ValueKind::S),
        ValueKind::Ns => Some(ValueKind::N),
        ValueKind::Bs => Some(ValueKind::B),
        _ => None,
    }
}
