//! Encodes maps, structs and struct variants.

use super::{EncodedValue, ValueSerializer, is_empty_set, single};
use crate::codec::doubts::Doubt;
use crate::codec::entry_kind::EntryKind;
use crate::codec::error::{CodecError, PathStep};
use crate::codec::nesting::Nesting;
use crate::codec::type_names::is_optional;
use crate::value::{AttributeValue, Item};
use serde::ser::{self, Serialize};

/// The entries of a map or struct that is being written.
pub(in crate::codec) struct MapBuilder<'p> {
    nesting: Nesting<'p>,
    entries: Item,
    /// The names of the fields of which nothing was written.
    absent: Vec<String>,
    /// The name of an entry whose value has not come.
    key: Option<(String, EntryKind)>,
    variant: Option<&'static str>,
    /// `true` if it may be a struct with something flattened into it: serde gives no length then.
    may_be_flattened: bool,
}

impl<'p> MapBuilder<'p> {
    pub(super) fn new(
        nesting: Nesting<'p>,
        len: Option<usize>,
        variant: Option<&'static str>,
    ) -> Self {
        Self {
            nesting,
            // A type may state any length.
            entries: Item::with_capacity(len.unwrap_or(0).min(4096)),
            absent: Vec::new(),
            key: None,
            variant,
            may_be_flattened: len.is_none(),
        }
    }

    fn within<R>(&self, name: &str, write: impl FnOnce(Nesting<'_>) -> R) -> R {
        match self.variant {
            None => self.nesting.within_name(name, write),
            Some(variant) => self
                .nesting
                .within_name(variant, |nesting| nesting.within_name(name, write)),
        }
    }

    fn insert<T: Serialize + ?Sized>(
        &mut self,
        name: String,
        value: &T,
        entry: EntryKind,
    ) -> Result<(), CodecError> {
        let is_field = entry == EntryKind::Field;
        let written = self.within(&name, |nesting| {
            if entry == EntryKind::Data && self.may_be_flattened {
                nesting.note(Doubt::FlattenedName);
            }
            let value = value.serialize(ValueSerializer::new(nesting))?;
            let value = value.filter(|value| !is_empty_set(value));
            // A flattened variant comes as a field, and does not read back if it is absent.
            let may_be_variant = self.may_be_flattened;
            if is_field && value.is_none() && (may_be_variant || !is_optional::<T>()) {
                nesting.note(Doubt::NothingWritten);
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
            // Only a flattened map can write the name again.
            None if self.may_be_flattened => self.absent.push(name),
            None => {}
        }
        Ok(())
    }

    /// Adds the name of the entry to the path of its error.
    fn at(&self, e: CodecError, name: String) -> CodecError {
        let e = e.within(PathStep::Name(name));
        match self.variant {
            None => e,
            Some(variant) => e.within_name(variant),
        }
    }

    fn finish(mut self) -> EncodedValue {
        let map = AttributeValue::M(std::mem::take(&mut self.entries));
        Ok(Some(match self.variant {
            Some(variant) => single(variant, map),
            None => map,
        }))
    }
}

/// serde collects what a flattened variant holds between the name and the value, and its errors there have no path.
impl Drop for MapBuilder<'_> {
    fn drop(&mut self) {
        if let Some((name, _)) = self.key.take() {
            self.within(&name, |nesting| nesting.note_unwritten());
        }
    }
}

const REPEATED: &str = "this name is written twice, as by a field and by a map that is flattened into its struct; take it out of the map";

impl ser::SerializeMap for MapBuilder<'_> {
    type Ok = Option<AttributeValue>;
    type Error = CodecError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CodecError> {
        let is_text = |key: &Option<AttributeValue>| matches!(key, Some(AttributeValue::S(_)));
        let key = key.serialize(ValueSerializer::new(self.nesting))?;
        if !is_text(&key) {
            self.nesting.note(Doubt::NameNotString);
        }
        let name = match key {
            Some(AttributeValue::S(text) | AttributeValue::N(text)) => text,
            Some(AttributeValue::Bool(value)) => value.to_string(),
            _ => return Err(CodecError::new("the name of a map entry must be a string")),
        };
        self.key = Some((name, EntryKind::of_key::<T>(EntryKind::Field)));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CodecError> {
        match self.key.take() {
            // serde writes the fields of a struct with `serialize_entry`, so a struct's name that comes alone is a
            // variant's.
            Some((name, EntryKind::Field)) => self.insert(name, value, EntryKind::Variant),
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

    fn end(self) -> EncodedValue {
        self.finish()
    }
}

macro_rules! structs {
    ($($trait:ident),*) => { $(
        impl ser::$trait for MapBuilder<'_> {
            type Ok = Option<AttributeValue>;
            type Error = CodecError;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CodecError> {
                self.insert(name.to_owned(), value, EntryKind::Field)
            }

            fn end(self) -> EncodedValue {
                self.finish()
            }
        }
    )* };
}
structs!(SerializeStruct, SerializeStructVariant);
