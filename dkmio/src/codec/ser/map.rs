//! Collects the entries of a map or struct while serde writes them, and refuses a name that comes twice.

use super::{Encoded, Serializer, is_empty_set, single};
use crate::codec::error::{CodecError, Step};
use crate::codec::notes::{Doubt, Place, is_optional, is_struct_field};
use crate::value::{AttributeValue, Item};
use serde::ser::{self, Serialize};

/// The entries of a map or struct that is being written.
pub(in crate::codec) struct Map<'p> {
    place: Place<'p>,
    entries: Item,
    /// The names of a struct's fields that are absent.
    absent: Vec<String>,
    /// The name of the entry that has begun.
    key: Option<(String, Entry)>,
    variant: Option<&'static str>,
    /// `true` if this may be a struct with a flattened field, for which serde tells no length.
    may_be_flattened: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// The field of a struct, which may be absent.
    Field,
    /// A flattened variant, whose name must be there.
    Variant,
    /// The entry of a map, whose names are data.
    Data,
}

impl Entry {
    fn of_key<K: ?Sized>() -> Self {
        if is_struct_field::<K>() {
            Self::Field
        } else {
            Self::Data
        }
    }
}

impl<'p> Map<'p> {
    pub(super) fn new(place: Place<'p>, len: Option<usize>, variant: Option<&'static str>) -> Self {
        Self {
            place,
            // Limited, because a type may claim any length.
            entries: Item::with_capacity(len.unwrap_or(0).min(4096)),
            absent: Vec::new(),
            key: None,
            variant,
            may_be_flattened: len.is_none(),
        }
    }

    fn within<R>(&self, name: &str, write: impl FnOnce(Place<'_>) -> R) -> R {
        match self.variant {
            None => self.place.within_name(name, write),
            Some(variant) => self
                .place
                .within_name(variant, |place| place.within_name(name, write)),
        }
    }

    fn insert<T: Serialize + ?Sized>(
        &mut self,
        name: String,
        value: &T,
        entry: Entry,
    ) -> Result<(), CodecError> {
        let is_field = entry == Entry::Field;
        let written = self.within(&name, |place| {
            if entry == Entry::Data && self.may_be_flattened {
                place.note(Doubt::FlattenedName);
            }
            let value = value.serialize(Serializer::new(place))?;
            let value = value.filter(|value| !is_empty_set(value));
            // A flattened variant is written like a field, but does not read back if it is absent.
            let may_be_variant = self.may_be_flattened;
            if is_field && value.is_none() && (may_be_variant || !is_optional::<T>()) {
                place.note(Doubt::NothingWritten);
            }
            Ok(value)
        });
        let value = match written {
            Ok(None) if !is_field => Some(AttributeValue::Null(true)),
            Ok(value) => value,
            Err(e) => return Err(self.at(e, name)),
        };
        let is_repeated =
            self.entries.contains_key(&name) || (value.is_some() && self.absent.contains(&name));
        if is_repeated {
            return Err(self.at(CodecError::new(REPEATED), name));
        }
        match value {
            Some(value) => {
                self.entries.insert(name, value);
            }
            // Only a flattened field can write the name again.
            None if self.may_be_flattened => self.absent.push(name),
            None => {}
        }
        Ok(())
    }

    /// Adds the name of the entry to the path of an error.
    fn at(&self, e: CodecError, name: String) -> CodecError {
        let e = e.within(Step::Name(name));
        match self.variant {
            None => e,
            Some(variant) => e.within_name(variant),
        }
    }

    fn finish(self) -> Encoded {
        let map = AttributeValue::M(self.entries);
        Ok(Some(match self.variant {
            Some(variant) => single(variant, map),
            None => map,
        }))
    }
}

const REPEATED: &str = "this name is written twice, as by a field and by a map that is flattened into its struct; take it out of the map";

impl ser::SerializeMap for Map<'_> {
    type Ok = Option<AttributeValue>;
    type Error = CodecError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        let is_text = |key: &Option<AttributeValue>| matches!(key, Some(AttributeValue::S(_)));
        let key = key.serialize(Serializer::new(self.place))?;
        if !is_text(&key) {
            self.place.note(Doubt::NameNotString);
        }
        let name = match key {
            Some(AttributeValue::S(text) | AttributeValue::N(text)) => text,
            Some(AttributeValue::Bool(value)) => value.to_string(),
            _ => return Err(CodecError::new("the name of a map entry must be a string")),
        };
        self.key = Some((name, Entry::of_key::<T>()));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        match self.key.take() {
            // serde writes the fields of a struct as whole entries.
            Some((name, Entry::Field)) => self.insert(name, value, Entry::Variant),
            Some((name, entry)) => self.insert(name, value, entry),
            None => Err(CodecError::new("a map value was written before its name")),
        }
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), CodecError> {
        self.serialize_key(key)?;
        match self.key.take() {
            Some((name, entry)) => self.insert(name, value, entry),
            None => Err(CodecError::new("a map value was written before its name")),
        }
    }

    fn end(self) -> Encoded {
        self.finish()
    }
}

macro_rules! structs {
    ($($trait:ident),*) => { $(
        impl ser::$trait for Map<'_> {
            type Ok = Option<AttributeValue>;
            type Error = CodecError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
                self.insert(name.to_owned(), value, Entry::Field)
            }

            fn end(self) -> Encoded {
                self.finish()
            }
        }
    )* };
}
structs!(SerializeStruct, SerializeStructVariant);
