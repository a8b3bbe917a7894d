use super::{Form, NotInOnePass, Serializer, Written};
use crate::codec::wire::output::Output;
use crate::value::SetMarker;
use serde::ser::{self, Serialize};

/// A list or set that is being written.
pub(in crate::codec::wire) struct List<'w> {
    output: &'w mut Output,
    set: Option<SetMarker>,
    count: usize,
    /// How many braces close what is around it.
    ends: usize,
    /// How many levels end with it.
    levels: u8,
}

impl<'w> List<'w> {
    pub(super) fn new(output: &'w mut Output) -> Result<Self, NotInOnePass> {
        output.open(1)?;
        output.raw(b"{\"L\":[");
        output.count(3);
        Ok(Self {
            output,
            set: None,
            count: 0,
            ends: 1,
            levels: 1,
        })
    }

    pub(super) fn set(output: &'w mut Output, marker: SetMarker) -> Self {
        let first = match marker {
            SetMarker::Strings => b'S',
            SetMarker::Numbers => b'N',
            SetMarker::Binary => b'B',
        };
        output.raw(&[b'{', b'"', first, b'S', b'"', b':', b'[']);
        Self {
            output,
            set: Some(marker),
            count: 0,
            ends: 1,
            levels: 0,
        }
    }

    /// The list that a variant holds.
    pub(super) fn in_variant(
        output: &'w mut Output,
        item: bool,
        variant: &'static str,
    ) -> Result<Self, NotInOnePass> {
        output.open(u8::from(!item))?;
        if !item {
            output.raw(b"{\"M\":");
            output.count(3 + 1);
        }
        output.field(b'{', variant);
        let mut list = Self::new(output)?;
        list.ends = if item { 2 } else { 3 };
        list.levels += u8::from(!item);
        Ok(list)
    }

    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInOnePass> {
        let before = self.output.mark();
        let is_set = self.set.is_some();
        if self.count > 0 {
            self.output.raw(b",");
        }
        let form = match self.set {
            None => Form::Value,
            Some(marker) => Form::Element(marker),
        };
        let written = value.serialize(Serializer {
            output: self.output,
            form,
        });
        match written {
            Ok(Written::Value | Written::Null) => {}
            // The elements of a set are none of these.
            Ok(Written::Nothing | Written::EmptySet) if !is_set => {
                self.output.back_to(before);
                if self.count > 0 {
                    self.output.raw(b",");
                }
                self.output.null_value();
            }
            Ok(Written::Nothing | Written::EmptySet) => {
                self.output.back_to(before);
                return Err(self.output.refuse());
            }
            Err(e) => {
                self.output.back_to(before);
                return Err(e);
            }
        }
        self.count += 1;
        if self.set.is_none() {
            self.output.count(1);
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Written, NotInOnePass> {
        self.output.close(self.levels);
        self.output.raw_start(b"]}}}", 1 + self.ends);
        Ok(if self.set.is_some() && self.count == 0 {
            Written::EmptySet
        } else {
            Written::Value
        })
    }
}

macro_rules! list {
    ($($trait:ident::$method:ident),*) => { $(
        impl ser::$trait for List<'_> {
            type Ok = Written;
            type Error = NotInOnePass;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotInOnePass> {
                self.push(value)
            }

            fn end(self) -> Result<Written, NotInOnePass> {
                self.finish()
            }
        }
    )* };
}
list! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field, SerializeTupleVariant::serialize_field
}
