//! Reading a struct by the names of its fields, as serde's derive does, without the code that it writes for each struct:
//! that code was most of what the items of indexes cost to compile (docs/compile-time.md).

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, Expected, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use std::fmt;
use std::marker::PhantomData;

/// The types of a struct's fields, in order: `(A, (B, ()))`.
pub trait Fields<'de>: Sized {
    /// What has been read so far.
    type Slots;

    /// Returns slots that hold nothing.
    fn empty() -> Self::Slots;

    /// Reads the next value of the map into the slot at `index`; the names begin with the first slot's.
    ///
    /// # Errors
    ///
    /// That the slot is full, or what the map says.
    fn read<A: MapAccess<'de>>(
        slots: &mut Self::Slots,
        index: usize,
        names: &'static [&'static str],
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// Returns the values; a missing one reads as `None` if its type is an `Option`.
    ///
    /// # Errors
    ///
    /// That a value is missing.
    fn finish<E: Error>(slots: Self::Slots, names: &'static [&'static str]) -> Result<Self, E>;

    /// Reads the values in order, from a format without names; `at` is how many have been read.
    ///
    /// # Errors
    ///
    /// What the sequence says, and that it ends early.
    fn in_order<A: SeqAccess<'de>>(
        sequence: &mut A,
        at: usize,
        expected: &dyn Expected,
    ) -> Result<Self, A::Error>;
}

impl<'de> Fields<'de> for () {
    type Slots = ();

    fn empty() {}

    fn read<A: MapAccess<'de>>(
        (): &mut (),
        _: usize,
        _: &'static [&'static str],
        map: &mut A,
    ) -> Result<(), A::Error> {
        map.next_value::<IgnoredAny>().map(drop)
    }

    fn finish<E: Error>((): (), _: &'static [&'static str]) -> Result<(), E> {
        Ok(())
    }

    fn in_order<A: SeqAccess<'de>>(_: &mut A, _: usize, _: &dyn Expected) -> Result<(), A::Error> {
        Ok(())
    }
}

impl<'de, H: Deserialize<'de>, T: Fields<'de>> Fields<'de> for (H, T) {
    type Slots = (Option<H>, T::Slots);

    fn empty() -> Self::Slots {
        (None, T::empty())
    }

    fn read<A: MapAccess<'de>>(
        (slot, rest): &mut Self::Slots,
        index: usize,
        names: &'static [&'static str],
        map: &mut A,
    ) -> Result<(), A::Error> {
        let (name, names) = first(names);
        if index > 0 {
            return T::read(rest, index - 1, names, map);
        }
        if slot.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        *slot = Some(map.next_value()?);
        Ok(())
    }

    fn finish<E: Error>(
        (slot, rest): Self::Slots,
        names: &'static [&'static str],
    ) -> Result<Self, E> {
        let (name, names) = first(names);
        let value = match slot {
            Some(value) => value,
            None => H::deserialize(Missing(name, PhantomData))?,
        };
        Ok((value, T::finish(rest, names)?))
    }

    fn in_order<A: SeqAccess<'de>>(
        sequence: &mut A,
        at: usize,
        expected: &dyn Expected,
    ) -> Result<Self, A::Error> {
        match sequence.next_element()? {
            Some(value) => Ok((value, T::in_order(sequence, at + 1, expected)?)),
            None => Err(A::Error::invalid_length(at, expected)),
        }
    }
}

pub(super) fn first(names: &'static [&'static str]) -> (&'static str, &'static [&'static str]) {
    match names {
        [first, rest @ ..] => (first, rest),
        [] => unreachable!("generated code has a name for each field"),
    }
}

/// Reads the fields of a struct; `names` are what they are called.
///
/// # Errors
///
/// What the deserializer says, and that a field is missing or there twice.
pub fn read_fields<'de, T: Fields<'de>, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    names: &'static [&'static str],
) -> Result<T, D::Error> {
    let visitor = StructVisitor {
        name,
        names,
        fields: PhantomData,
    };
    deserializer.deserialize_struct(name, names, visitor)
}

struct StructVisitor<T> {
    name: &'static str,
    names: &'static [&'static str],
    fields: PhantomData<T>,
}

impl<'de, T: Fields<'de>> Visitor<'de> for StructVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut slots = T::empty();
        while let Some(index) = map.next_key_seed(Name(self.names))? {
            T::read(&mut slots, index, self.names, &mut map)?;
        }
        T::finish(slots, self.names)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<T, A::Error> {
        let expected = format!("struct {} with {} elements", self.name, self.names.len());
        T::in_order(&mut sequence, 0, &expected.as_str())
    }
}

/// Finds a field's index by its name, or by its number in formats that write numbers; any other name gives one past the
/// last index.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_u64<E: Error>(self, index: u64) -> Result<usize, E> {
        Ok(usize::try_from(index).map_or(self.0.len(), |index| index.min(self.0.len())))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let known = self.0.iter().position(|known| *known == name);
        Ok(known.unwrap_or(self.0.len()))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<usize, E> {
        let known = self.0.iter().position(|known| known.as_bytes() == name);
        Ok(known.unwrap_or(self.0.len()))
    }
}

/// The deserializer of a missing field: only an `Option`, or a type that reads like one, has a value then.
struct Missing<E>(&'static str, PhantomData<E>);

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
