//! Decodes enum variants that hold something, which are maps of one entry.

use super::seeded;
use crate::codec::entry_name::EntryName;
use crate::codec::error::{CodecError, PathStep};
use crate::codec::wire::fault::Fault;
use crate::codec::wire::name_set::NameSet;
use crate::codec::wire::reader::Reader;
use crate::codec::wire::skip::RepeatedNames;
use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, VariantAccess, Visitor};
use std::borrow::Cow;
use std::marker::PhantomData;

fn not_one_entry() -> CodecError {
    CodecError::new("expected an enum: a name, or a map with one entry")
}

/// Decodes the map whose one entry is the variant.
pub(super) fn read<'de, V: Visitor<'de>>(
    reader: &mut Reader<'de>,
    visitor: V,
) -> Result<V::Value, CodecError> {
    let (start, depth) = (reader.position(), reader.depth());
    if !reader.looks_ahead() {
        let result = only_entry(reader, visitor);
        if reader.first_fault().is_some() || (result.is_ok() && reader.depth() == depth) {
            return result;
        }
        // More than one entry is the error to report, even where the first does not read.
        reader.rewind(start, depth);
        let count = count_entries(reader);
        return match reader.or_fail(count)? {
            1 => result,
            _ => Err(not_one_entry()),
        };
    }
    let entries = reader.last_of_each_name();
    let entries = reader.or_fail(entries)?;
    let end = reader.position();
    let mut entries = entries.into_iter();
    let (Some((name, position)), None) = (entries.next(), entries.next()) else {
        return Err(not_one_entry());
    };
    reader.rewind(position, depth + 1);
    let value = visitor.visit_enum(JsonVariant { reader, name })?;
    reader.rewind(end, depth);
    Ok(value)
}

/// Decodes the first entry, and leaves the map if there is no other.
fn only_entry<'de, V: Visitor<'de>>(
    reader: &mut Reader<'de>,
    visitor: V,
) -> Result<V::Value, CodecError> {
    let first = reader
        .object()
        .and_then(|mut members| reader.next_member(&mut members));
    let Some(name) = reader.or_fail(first)? else {
        return Err(not_one_entry());
    };
    let start = reader.position();
    let value = visitor.visit_enum(JsonVariant { reader, name })?;
    if reader.position() == start {
        let skipped = reader.skip_attribute(None, RepeatedNames::Ignored);
        reader.or_fail(skipped)?;
    }
    if reader.eat(b'}') {
        reader.leave();
    }
    Ok(value)
}

/// Goes past a map and counts its entries.
#[cold]
fn count_entries(reader: &mut Reader<'_>) -> Result<usize, Fault> {
    let mut names = NameSet::new();
    let mut count = 0;
    let mut members = reader.object()?;
    while let Some(name) = reader.next_member(&mut members)? {
        reader.add_name(&mut names, &name)?;
        reader.skip_attribute(None, RepeatedNames::Refused)?;
        count += 1;
    }
    Ok(count)
}

struct JsonVariant<'r, 'de> {
    reader: &'r mut Reader<'de>,
    name: Cow<'de, str>,
}

impl<'r, 'de> EnumAccess<'de> for JsonVariant<'r, 'de> {
    type Error = CodecError;
    type Variant = VariantContent<'r, 'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, VariantContent<'r, 'de>), CodecError> {
        let variant = seed.deserialize(match &self.name {
            Cow::Borrowed(name) => EntryName::Borrowed(name),
            Cow::Owned(name) => EntryName::Transient(name),
        })?;
        Ok((variant, VariantContent(self)))
    }
}

/// The value of the entry: what the variant holds.
struct VariantContent<'r, 'de>(JsonVariant<'r, 'de>);

impl<'de> VariantContent<'_, 'de> {
    fn read<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, CodecError> {
        let JsonVariant { reader, name } = self.0;
        seeded(reader, None, seed).map_err(|e| e.within(PathStep::Name(name.into_owned())))
    }
}

impl<'de> VariantAccess<'de> for VariantContent<'_, 'de> {
    type Error = CodecError;

    fn unit_variant(self) -> Result<(), CodecError> {
        self.read(PhantomData)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, CodecError> {
        self.read(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, CodecError> {
        self.read(Tuple(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CodecError> {
        self.read(Struct(fields, visitor))
    }
}

/// Decodes a tuple variant.
struct Tuple<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Tuple<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_seq(self.0)
    }
}

/// Decodes a struct variant.
struct Struct<V>(&'static [&'static str], V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Struct<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_struct("", self.0, self.1)
    }
}
