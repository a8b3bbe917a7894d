//! Writes lists and sets, element by element.

use super::JsonSerializer;
use super::form::JsonForm;
use crate::codec::wire::json_writer::{JsonWriter, Mark};
use crate::codec::wire::written_as::{NotInOnePass, WrittenAs};
use crate::value::SetMarker;
use serde::ser::{self, Serialize};

/// A list or set that is being written.
pub(in crate::codec::wire) struct ListWriter<'w> {
    json: &'w mut JsonWriter,
    /// The type of the elements, if it is a set.
    set: Option<SetMarker>,
    /// How many elements have been written.
    count: usize,
    /// How many braces come after the `]`.
    ends: usize,
    /// How many levels it closes.
    levels: u8,
}

impl<'w> ListWriter<'w> {
    pub(super) fn new(json: &'w mut JsonWriter) -> Result<Self, NotInOnePass> {
        json.open(1)?;
        json.raw(b"{\"L\":[");
        json.count(3);
        Ok(Self {
            json,
            set: None,
            count: 0,
            ends: 1,
            levels: 1,
        })
    }

    pub(super) fn set(json: &'w mut JsonWriter, marker: SetMarker) -> Self {
        let first = match marker {
            SetMarker::Strings => b'S',
            SetMarker::Numbers => b'N',
            SetMarker::Binary => b'B',
        };
        json.raw(&[b'{', b'"', first, b'S', b'"', b':', b'[']);
        Self {
            json,
            set: Some(marker),
            count: 0,
            ends: 1,
            levels: 0,
        }
    }

    /// Opens the list of a tuple variant.
    pub(super) fn in_variant(
        json: &'w mut JsonWriter,
        is_item: bool,
        variant: &'static str,
    ) -> Result<Self, NotInOnePass> {
        json.open(u8::from(!is_item))?;
        if !is_item {
            json.raw(b"{\"M\":");
            json.count(3 + 1);
        }
        json.field(b'{', variant);
        let mut list = Self::new(json)?;
        list.ends = if is_item { 2 } else { 3 };
        list.levels += u8::from(!is_item);
        Ok(list)
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInOnePass> {
        let before = self.json.mark();
        if self.count > 0 {
            self.json.raw(b",");
        }
        let form = match self.set {
            None => JsonForm::Value,
            Some(marker) => JsonForm::Element(marker),
        };
        let written = value.serialize(JsonSerializer {
            json: self.json,
            form,
        });
        match written {
            Ok(WrittenAs::Value | WrittenAs::Null) => {}
            Ok(WrittenAs::Nothing | WrittenAs::EmptySet) => self.push_null(before)?,
            Err(e) => {
                self.json.back_to(before);
                return Err(e);
            }
        }
        self.count += 1;
        if self.set.is_none() {
            self.json.count(1);
        }
        Ok(())
    }

    /// Writes NULL in place of an element that is written as nothing, which no element of a set is.
    #[cold]
    fn push_null(&mut self, before: Mark) -> Result<(), NotInOnePass> {
        self.json.back_to(before);
        if self.set.is_some() {
            return Err(self.json.refuse());
        }
        if self.count > 0 {
            self.json.raw(b",");
        }
        self.json.null_value();
        Ok(())
    }

    pub(super) fn finish(self) -> Result<WrittenAs, NotInOnePass> {
        self.json.close(self.levels);
        self.json.raw_start(b"]}}}", 1 + self.ends);
        Ok(if self.set.is_some() && self.count == 0 {
            WrittenAs::EmptySet
        } else {
            WrittenAs::Value
        })
    }
}

macro_rules! list {
    ($($trait:ident::$method:ident),*) => { $(
        impl ser::$trait for ListWriter<'_> {
            type Ok = WrittenAs;
            type Error = NotInOnePass;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInOnePass> {
                self.push(value)
            }

            fn end(self) -> Result<WrittenAs, NotInOnePass> {
                self.finish()
            }
        }
    )* };
}
list! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field, SerializeTupleVariant::serialize_field
}
