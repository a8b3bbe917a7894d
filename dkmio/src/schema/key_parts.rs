//! Reads the key structs of models, such as `OrdersKey`, through serde. The derive writes the code that writes them.

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::fmt;
use std::marker::PhantomData;

/// Reads a key struct: its parts, by their names in DynamoDB. Other names are passed over, as serde does for a model.
///
/// # Errors
///
/// Those of the format, and a part that is missing or comes twice.
pub fn read_key<'de, P: KeyParts<'de>, D: Deserializer<'de>>(
    deserializer: D,
    key: &'static str,
    names: &'static [&'static str],
) -> Result<P, D::Error> {
    let parts = PhantomData;
    deserializer.deserialize_struct(key, names, KeyVisitor { key, names, parts })
}

/// The parts of a primary key: a tuple of its values.
pub trait KeyParts<'de>: Sized {
    #[doc(hidden)]
    fn of_map<M: MapAccess<'de>>(names: &'static [&'static str], map: M) -> Result<Self, M::Error>;
    #[doc(hidden)]
    fn of_sequence<S: SeqAccess<'de>>(sequence: S, expected: &str) -> Result<Self, S::Error>;
}

macro_rules! tuples {
    ($($T:ident $part:ident $i:tt),*) => {
        impl<'de, $($T: Deserialize<'de>),*> KeyParts<'de> for ($($T,)*) {
            fn of_map<Map: MapAccess<'de>>(
                names: &'static [&'static str],
                mut map: Map,
            ) -> Result<Self, Map::Error> {
                let name = |place: usize| names.get(place).copied().unwrap_or_default();
                $(let mut $part: Option<$T> = None;)*
                while let Some(place) = map.next_key_seed(Place(names))? {
                    match place {
                        $(Some($i) => {
                            if $part.replace(map.next_value()?).is_some() {
                                return Err(Error::duplicate_field(name($i)));
                            }
                        })*
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(($($part.ok_or_else(|| Error::missing_field(name($i)))?,)*))
            }

            fn of_sequence<Seq: SeqAccess<'de>>(
                mut sequence: Seq,
                expected: &str,
            ) -> Result<Self, Seq::Error> {
                Ok(($(match sequence.next_element::<$T>()? {
                    Some(part) => part,
                    None => return Err(Error::invalid_length($i, &expected)),
                },)*))
            }
        }
    };
}
tuples!(A a 0);
tuples!(A a 0, B b 1);
tuples!(A a 0, B b 1, C c 2);
tuples!(A a 0, B b 1, C c 2, D d 3);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4, F f 5);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6);
tuples!(A a 0, B b 1, C c 2, D d 3, E e 4, F f 5, G g 6, H h 7);

/// The key of an entity without members, of which there is one item.
impl<'de> KeyParts<'de> for () {
    fn of_map<Map: MapAccess<'de>>(
        names: &'static [&'static str],
        mut map: Map,
    ) -> Result<Self, Map::Error> {
        while map.next_key_seed(Place(names))?.is_some() {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn of_sequence<Seq: SeqAccess<'de>>(_: Seq, _: &str) -> Result<Self, Seq::Error> {
        Ok(())
    }
}

struct KeyVisitor<P> {
    key: &'static str,
    names: &'static [&'static str],
    parts: PhantomData<P>,
}

impl<'de, P: KeyParts<'de>> Visitor<'de> for KeyVisitor<P> {
    type Value = P;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.key)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<P, M::Error> {
        P::of_map(self.names, map)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, sequence: S) -> Result<P, S::Error> {
        P::of_sequence(sequence, &format!("struct {}", self.key))
    }
}

/// Finds the index of a part by its name; formats without names give the index itself.
struct Place(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Place {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Place {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a part of the key")
    }

    fn visit_u64<E: Error>(self, place: u64) -> Result<Option<usize>, E> {
        Ok(usize::try_from(place).ok())
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|own| *own == name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|own| own.as_bytes() == name))
    }
}
