//! DynamoDB's sets as a Rust type, because serde knows lists only.

use super::{KeyAttribute, KeyKind, NEWTYPE_LEVELS, SET_MARKER, SetMarker};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::{BTreeSet, btree_set};
use std::fmt;
use std::marker::PhantomData;

/// A DynamoDB set: `SS` of strings, `NS` of numbers or `BS` of binary values.
///
/// Its elements are unique and kept in order. DynamoDB has no empty set: an empty one is not stored, and an absent
/// attribute reads back as an empty set.
///
/// # Examples
///
/// ```
/// use dkmio::Set;
///
/// let mut tags = Set::<String>::from(["new", "gift"]);
/// tags.insert("urgent".to_owned());
/// assert!(tags.contains("gift"));
/// assert_eq!(tags.len(), 3);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Set<T>(BTreeSet<T>);

impl<T: Ord> Set<T> {
    /// Returns an empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an element; returns whether it was new.
    pub fn insert(&mut self, element: T) -> bool {
        self.0.insert(element)
    }

    /// Removes an element; returns whether it was there.
    pub fn remove<Q: Ord + ?Sized>(&mut self, element: &Q) -> bool
    where
        T: std::borrow::Borrow<Q>,
    {
        self.0.remove(element)
    }

    /// Returns whether the set has the element.
    pub fn contains<Q: Ord + ?Sized>(&self, element: &Q) -> bool
    where
        T: std::borrow::Borrow<Q>,
    {
        self.0.contains(element)
    }
}

impl<T> Set<T> {
    /// Returns the number of elements.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the set has no element, and so is absent in DynamoDB.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over the elements in order.
    pub fn iter(&self) -> btree_set::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(&self.0).finish()
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<T: Ord, V: Into<T>> FromIterator<V> for Set<T> {
    fn from_iter<I: IntoIterator<Item = V>>(elements: I) -> Self {
        Self(elements.into_iter().map(Into::into).collect())
    }
}

impl<T: Ord, V: Into<T>, const N: usize> From<[V; N]> for Set<T> {
    fn from(elements: [V; N]) -> Self {
        elements.into_iter().collect()
    }
}

impl<T: Ord, V: Into<T>> From<Vec<V>> for Set<T> {
    fn from(elements: Vec<V>) -> Self {
        elements.into_iter().collect()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        self.0.extend(elements);
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = btree_set::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = btree_set::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: KeyAttribute> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let marker = match T::KIND {
            KeyKind::S => SetMarker::Strings,
            KeyKind::N => SetMarker::Numbers,
            KeyKind::B => SetMarker::Binary,
        };
        serializer.serialize_newtype_struct(marker.name(), &self.0)
    }
}

impl<'de, T: Deserialize<'de> + Ord> Deserialize<'de> for Set<T> {
    // As an option, so that serde reads a missing attribute as an empty set without `#[serde(default)]`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(SetVisitor {
            element: PhantomData,
            levels: NEWTYPE_LEVELS,
        })
    }
}

struct SetVisitor<T> {
    element: PhantomData<T>,
    /// How many more newtypes may be taken off.
    levels: u8,
}

impl<T> SetVisitor<T> {
    fn within(self) -> Option<Self> {
        let levels = self.levels.checked_sub(1)?;
        Some(Self { levels, ..self })
    }
}

impl<'de, T: Deserialize<'de> + Ord> Visitor<'de> for SetVisitor<T> {
    type Value = Set<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a set")
    }

    fn visit_none<E>(self) -> Result<Set<T>, E> {
        Ok(Set::default())
    }

    fn visit_unit<E>(self) -> Result<Set<T>, E> {
        Ok(Set::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Set<T>, D::Error> {
        self.visit_newtype_struct(d)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, d: D) -> Result<Set<T>, D::Error> {
        match self.within() {
            Some(within) => d.deserialize_newtype_struct(SET_MARKER, within),
            None => BTreeSet::deserialize(d).map(Set),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Set<T>, A::Error> {
        BTreeSet::deserialize(SeqAccessDeserializer::new(elements)).map(Set)
    }
}
