//! Collects the elements of a list or set while serde writes them.

use super::{Encoded, Serializer, single, something};
use crate::codec::error::{CodecError, Step};
use crate::codec::notes::Place;
use crate::value::AttributeValue;
use serde::ser::{self, Serialize};

/// The elements of a list or set that is being written.
pub(in crate::codec) struct List<'p> {
    place: Place<'p>,
    elements: Vec<AttributeValue>,
    variant: Option<&'static str>,
}

impl<'p> List<'p> {
    pub(super) fn new(place: Place<'p>, len: Option<usize>, variant: Option<&'static str>) -> Self {
        Self {
            place,
            // Limited, because a type may claim any length.
            elements: Vec::with_capacity(len.unwrap_or(0).min(4096)),
            variant,
        }
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        let index = self.elements.len();
        let write = |place: Place<'_>| value.serialize(Serializer::new(place));
        let value = match self.variant {
            None => self.place.within_index(index, write),
            Some(variant) => self
                .place
                .within_name(variant, |place| place.within_index(index, write)),
        };
        match (value, self.variant) {
            (Ok(value), _) => self.elements.push(something(value)),
            (Err(e), None) => return Err(e.within(Step::Index(index))),
            (Err(e), Some(variant)) => {
                return Err(e.within(Step::Index(index)).within_name(variant));
            }
        }
        Ok(())
    }

    fn finish(self) -> Encoded {
        let list = AttributeValue::L(self.elements);
        Ok(Some(match self.variant {
            Some(variant) => single(variant, list),
            None => list,
        }))
    }
}

macro_rules! list {
    ($($trait:ident::$method:ident),*) => { $(
        impl ser::$trait for List<'_> {
            type Ok = Option<AttributeValue>;
            type Error = CodecError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
                self.push(value)
            }

            fn end(self) -> Encoded {
                self.finish()
            }
        }
    )* };
}
list! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field, SerializeTupleVariant::serialize_field
}
