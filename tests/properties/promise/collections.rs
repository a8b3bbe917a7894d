//! Options, lists, sets, maps, tuples, and nothing.

use super::foreign::attribute;
use super::scalars::{Level, Rank, UserId};
use super::shape::{Place, Refusal, Shape, Within};
use dkmio::{AttributeValue, KeyAttribute, Number, Set, Value, codec};
use dkmio_tests::wire::Source;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash;

fn few<T: Shape, C: FromIterator<T>>(source: &mut Source<'_>) -> C {
    (0..source.below(4)).map(|_| T::made(source)).collect()
}

fn first<'a, T: Shape>(all: impl IntoIterator<Item = &'a T>, place: Place) -> Option<Refusal> {
    all.into_iter().find_map(|t| t.refusal(place))
}

impl<T: Shape> Shape for Option<T> {
    fn made(source: &mut Source<'_>) -> Self {
        (!source.rarely(3)).then(|| T::made(source))
    }

    fn refusal(&self, place: Place) -> Option<Refusal> {
        match self {
            Some(t) => t.refusal(place.within(Place::Optional)),
            None if place.is_optional() => Some(Refusal::SomeOfNothing),
            None if place == Place::Buffered(Within::FlattenedVariant) => {
                Some(Refusal::NothingInVariant)
            }
            None => None,
        }
    }
}

impl<T: Shape> Shape for Box<T> {
    fn made(source: &mut Source<'_>) -> Self {
        Box::new(T::made(source))
    }

    fn refusal(&self, place: Place) -> Option<Refusal> {
        (**self).refusal(place)
    }
}

macro_rules! lists {
    ($($name:ident: $($bound:ident)*;)*) => {$(
        impl<T: Shape $(+ $bound)*> Shape for $name<T> {
            fn made(source: &mut Source<'_>) -> Self {
                few(source)
            }

            fn refusal(&self, place: Place) -> Option<Refusal> {
                first(self, place.within(Place::Element))
            }
        }
    )*};
}

lists! {
    Vec: ;
    VecDeque: ;
    HashSet: Eq Hash;
    BTreeSet: Ord;
}

impl<T: Shape> Shape for [T; 3] {
    fn made(source: &mut Source<'_>) -> Self {
        std::array::from_fn(|_| T::made(source))
    }

    fn refusal(&self, place: Place) -> Option<Refusal> {
        first(self, place.within(Place::Element))
    }
}

impl<A: Shape, B: Shape> Shape for (A, B) {
    fn made(source: &mut Source<'_>) -> Self {
        (A::made(source), B::made(source))
    }

    fn refusal(&self, place: Place) -> Option<Refusal> {
        let place = place.within(Place::Element);
        self.0.refusal(place).or_else(|| self.1.refusal(place))
    }
}

impl<T: Shape + KeyAttribute + Ord> Shape for Set<T>
where
    Self: Serialize + DeserializeOwned,
{
    fn made(source: &mut Source<'_>) -> Self {
        few::<T, _>(source)
    }

    fn refusal(&self, place: Place) -> Option<Refusal> {
        if self.is_empty() {
            return (!place.is_field()).then_some(Refusal::EmptySet);
        }
        first(self, place.within(Place::Element))
    }
}

/// A type of a map's names.
pub(super) trait Name: Shape {
    /// Whether serde's buffer, which has the names as strings, reads it.
    const IS_TEXT: bool;
}

macro_rules! names {
    ($($is_text:literal: $($ty:ty),*;)*) => {
        $($(impl Name for $ty { const IS_TEXT: bool = $is_text; })*)*
    };
}

names! {
    true: String, char, UserId, Level, Box<str>, uuid::Uuid, chrono::NaiveDate, jiff::civil::Date, rust_decimal::Decimal;
    false: u8, i8, u16, i32, u64, i64, u128, i128, bool, Rank, Number;
}

macro_rules! maps {
    ($($name:ident: $($bound:ident)*;)*) => {$(
        impl<K: Name $(+ $bound)*, T: Shape> Shape for $name<K, T> {
            fn made(source: &mut Source<'_>) -> Self {
                (0..source.below(4)).map(|_| (K::made(source), T::made(source))).collect()
            }

            fn refusal(&self, place: Place) -> Option<Refusal> {
                if place.is_buffered() && !K::IS_TEXT && !self.is_empty() {
                    return Some(Refusal::Name);
                }
                first(self.values(), place.within(Place::Entry))
            }
        }
    )*};
}

maps! {
    HashMap: Eq Hash;
    BTreeMap: Ord;
}

/// A newtype around an option.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Maybe(pub(super) Option<u8>);

/// A newtype around a set.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Tags(pub(super) Set<String>);

/// A struct without fields: nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Marker;

macro_rules! nothing {
    ($($ty:ty: $made:expr;)*) => {$(
        impl Shape for $ty {
            fn made(_: &mut Source<'_>) -> Self {
                $made
            }

            fn refusal(&self, place: Place) -> Option<Refusal> {
                place.is_optional().then_some(Refusal::SomeOfNothing)
            }
        }
    )*};
}

nothing! {
    (): ();
    Marker: Marker;
}

macro_rules! newtypes {
    ($($ty:ident;)*) => {$(
        impl Shape for $ty {
            fn made(source: &mut Source<'_>) -> Self {
                Self(Shape::made(source))
            }

            fn refusal(&self, place: Place) -> Option<Refusal> {
                // What is absent reads as no newtype.
                let within = self.0.refusal(place.within(Place::Variant));
                within.or_else(|| self.0.refusal(place))
            }
        }
    )*};
}

newtypes! {
    Maybe;
    Tags;
}

impl Shape for Value {
    fn made(source: &mut Source<'_>) -> Self {
        let value = if source.rarely(4) {
            AttributeValue::Null(true)
        } else {
            attribute(source, 2)
        };
        codec::from_value(value).unwrap()
    }

    fn refusal(&self, place: Place) -> Option<Refusal> {
        let is_null = codec::to_value(self).is_ok_and(|value| value.is_null());
        (is_null && place.is_optional()).then_some(Refusal::SomeOfNothing)
    }
}
