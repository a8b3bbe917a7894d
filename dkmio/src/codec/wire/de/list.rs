//! Decodes lists and sets, element by element.

use super::seeded;
use crate::codec::error::{CodecError, PathStep};
use crate::codec::value_kind::ValueKind;
use crate::codec::wire::reader::{Elements, Reader};
use crate::codec::wire::skip::RepeatedNames;
use serde::de::{DeserializeSeed, SeqAccess};

/// Hands the elements of a list or set to serde.
pub(super) struct JsonList<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// `None` after the end.
    elements: Option<Elements>,
    /// The type of the elements of a set, which have no object around them.
    bare: Option<ValueKind>,
    index: usize,
}

impl<'r, 'de> JsonList<'r, 'de> {
    /// Begins in an array that has been entered.
    #[inline]
    pub(super) fn new(
        reader: &'r mut Reader<'de>,
        elements: Elements,
        bare: Option<ValueKind>,
    ) -> Self {
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
                Err(self.reader.fail(fault))
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
            let skipped = self
                .reader
                .skip_attribute(self.bare, RepeatedNames::Ignored);
            self.reader.or_fail(skipped)?;
        }
        Ok(())
    }
}

impl<'de> SeqAccess<'de> for JsonList<'_, 'de> {
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
            Err(e) => Err(e.within(PathStep::Index(index))),
        }
    }
}
