//! The places that a value can be in, each a model around it.

use super::shape::{Place, Shape};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

macro_rules! models {
    ($($(#[$meta:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $ty:ty),* $(,)? })*) => {$(
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        $(#[$meta])*
        pub(super) struct $name<T> {
            $($(#[$attr])* pub(super) $field: $ty,)*
        }
    )*};
}

models! {
    Model { id: u8, field: T }
    Inner { field: T }
    Deep { list: Vec<T>, map: HashMap<String, T>, inner: Inner<T> }
    #[serde(bound = "T: Shape")]
    Optional {
        field: Option<T>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        skipped: Option<T>,
        #[serde(default)]
        absent: Option<T>,
        boxed: Box<Option<T>>,
        list: Vec<Option<T>>,
        map: BTreeMap<String, Option<T>>,
        array: (Option<T>, [Option<T>; 2]),
    }
    Second { second: u8, field: T }
    /// Flattened among other attributes, as mostly.
    Flattened { id: u8, #[serde(flatten)] inner: T, after: Option<u8> }
    Catching { id: u8, #[serde(flatten)] rest: BTreeMap<String, T> }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Newtype<T>(T);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Transparent<T> {
    only: T,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pair<T>(pub(super) u8, pub(super) T);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Shape")]
pub(super) struct Wrapped<T: Clone + 'static> {
    boxed: Box<T>,
    newtype: Newtype<T>,
    transparent: Transparent<Box<T>>,
    cow: Cow<'static, T>,
    none: PhantomData<T>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum External<T> {
    Unit,
    Newtype(T),
    Tuple(T, u8, T),
    Struct { field: T, other: Option<u8> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Internal<T> {
    Unit,
    Newtype(Inner<T>),
    Map(BTreeMap<String, T>),
    Struct { field: T, other: Option<u8> },
    Deep(Box<Deep<T>>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", content = "c")]
pub(super) enum Adjacent<T> {
    Unit,
    Newtype(T),
    Tuple(T, u8, T),
    Struct { field: T, other: Option<u8> },
}

/// Told apart by their fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Untagged<T> {
    Struct { first: u8, field: T },
    Newtype(Second<T>),
    Tuple(u8, T, T, u8),
}

/// An enum within an enum: the buffer is read out of the buffer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Either<T> {
    Internal(Internal<T>),
    Adjacent(Adjacent<T>),
}

pub(super) fn wrapped<T: Shape>(t: &T) -> Wrapped<T> {
    Wrapped {
        boxed: Box::new(t.clone()),
        newtype: Newtype(t.clone()),
        transparent: Transparent {
            only: Box::new(t.clone()),
        },
        cow: Cow::Owned(t.clone()),
        none: PhantomData,
    }
}

pub(super) fn optional<T: Shape>(t: &T) -> Optional<T> {
    let some = || Some(t.clone());
    Optional {
        field: some(),
        skipped: some(),
        absent: None,
        boxed: Box::new(some()),
        list: vec![None, some(), None],
        map: [("some".to_owned(), some()), ("none".to_owned(), None)].into(),
        array: (some(), [None, some()]),
    }
}

pub(super) fn inner<T: Shape>(t: &T) -> Inner<T> {
    Inner { field: t.clone() }
}

pub(super) fn deep<T: Shape>(t: &T) -> Deep<T> {
    Deep {
        list: vec![t.clone(), t.clone()],
        map: [("a b".to_owned(), t.clone())].into(),
        inner: inner(t),
    }
}

pub(super) fn entries<T: Shape>(t: &T) -> BTreeMap<String, T> {
    [
        ("one".to_owned(), t.clone()),
        ("two words".to_owned(), t.clone()),
    ]
    .into()
}

pub(super) fn external<T: Shape>(t: &T) -> [(Place, External<T>); 4] {
    let (field, other) = (t.clone(), Some(7));
    [
        (Place::Field, External::Unit),
        (Place::Variant, External::Newtype(t.clone())),
        (Place::Element, External::Tuple(t.clone(), 5, t.clone())),
        (Place::Field, External::Struct { field, other }),
    ]
}

pub(super) fn internal<T: Shape>(t: &T) -> [(Place, Internal<T>); 5] {
    let (field, other) = (t.clone(), None);
    [
        (Place::Field, Internal::Unit),
        (Place::Field, Internal::Newtype(inner(t))),
        (Place::Entry, Internal::Map(entries(t))),
        (Place::Field, Internal::Struct { field, other }),
        (Place::Element, Internal::Deep(Box::new(deep(t)))),
    ]
}

pub(super) fn adjacent<T: Shape>(t: &T) -> [(Place, Adjacent<T>); 4] {
    let (field, other) = (t.clone(), Some(7));
    [
        (Place::Field, Adjacent::Unit),
        (Place::Variant, Adjacent::Newtype(t.clone())),
        (Place::Element, Adjacent::Tuple(t.clone(), 5, t.clone())),
        (Place::Field, Adjacent::Struct { field, other }),
    ]
}

pub(super) fn untagged<T: Shape>(t: &T) -> [(Place, Untagged<T>); 3] {
    let field = || t.clone();
    let (first, second) = (1, 2);
    [
        (
            Place::Field,
            Untagged::Struct {
                first,
                field: field(),
            },
        ),
        (
            Place::Field,
            Untagged::Newtype(Second {
                second,
                field: field(),
            }),
        ),
        (Place::Element, Untagged::Tuple(1, field(), field(), 2)),
    ]
}

/// A flattened struct that flattens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Wrapper<T> {
    #[serde(flatten)]
    pub(super) inner: T,
}
