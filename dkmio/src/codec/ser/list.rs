//! Encodes lists, sets and tuple variants.

use super::{EncodedValue, ValueSerializer, single, value_or_null};
use crate::codec::error::{CodecError, PathStep};
use crate::codec::nesting::Nesting;
use crate::value::AttributeValue;
use serde::ser::{self, Serialize};

/// The elements of a list or set that is being written.
pub(in crate::codec) struct ListBuilder<'p> {
    nesting: Nesting<'p>,
    elements: Vec<AttributeValue>,
    variant: Option<&'static str>,
}

impl<'p> ListBuilder<'p> {
    pub(super) fn new(
        nesting: Nesting<'p>,
        len: Option<usize>,
        variant: Option<&'static str>,
    ) -> Self {
        Self {
            nesting,
            // A type may state any length.
            elements: Vec::with_capacity(len.unwrap_or(0).min(4096)),
            variant,
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let index = self.elements.len();
        let write = |nesting: Nesting<'_>| value.serialize(ValueSerializer::new(nesting));
        let value = match self.variant {
            None => self.nesting.within_index(index, write),
            Some(variant) => self
                .nesting
                .within_name(variant, |nesting| nesting.within_index(index, write)),
        };
        match (value, self.variant) {
            (Ok(value), _) => self.elements.push(value_or_null(value)),
            (Err(e), None) => return Err(e.within(PathStep::Index(index))),
            (Err(e), Some(variant)) => {
                return Err(e.within(PathStep::Index(index)).within_name(variant));
            }
        }
        Ok(())
    }

    fn finish(self) -> EncodedValue {
        let list = AttributeValue::L(self.elements);
        Ok(Some(match self.variant {
            Some(variant) => single(variant, list),
            None => list,
        }))
    }
}

macro_rules! list {
    ($($trait:ident::$method:ident),*) => { $(
        impl ser::$trait for ListBuilder<'_> {
            type Ok = Option<AttributeValue>;
            type Error = CodecError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.push(value)
            }

            fn end(self) -> EncodedValue {
                self.finish()
            }
        }
    )* };
}
list! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field, SerializeTupleVariant::serialize_field
}
