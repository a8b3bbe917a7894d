//! A type of a model's field: how values of it are made up, and where a put may refuse one.

use dkmio_tests::wire::Source;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Where in an item a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A field, in a struct or a struct variant, or what is written as one.
    Field,
    /// A field that is an `Option` of it.
    Optional,
    /// An element of a list, tuple or array.
    Element,
    /// The value of a map's entry.
    Entry,
    /// The value of a newtype or a newtype variant.
    Variant,
    /// As these, where serde keeps what it reads in a buffer first: in what is flattened, internally tagged, untagged, or
    /// adjacently tagged with the content before the tag.
    Buffered(Within),
}

/// The places behind serde's buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Within {
    Field,
    Optional,
    Element,
    Entry,
    Variant,
    /// The value of a newtype variant, of an enum that is tagged externally and flattened.
    FlattenedVariant,
}

impl Place {
    /// Returns the same place behind serde's buffer.
    pub(super) fn behind(self) -> Self {
        Self::Buffered(match self {
            Self::Field => Within::Field,
            Self::Optional => Within::Optional,
            Self::Element => Within::Element,
            Self::Entry => Within::Entry,
            Self::Variant => Within::Variant,
            Self::Buffered(within) => within,
        })
    }

    /// Returns the place of what is in a value in this place.
    pub(super) fn within(self, place: Self) -> Self {
        if self.is_buffered() {
            place.behind()
        } else {
            place
        }
    }

    /// Returns whether serde reads it out of its buffer.
    pub(super) fn is_buffered(self) -> bool {
        matches!(self, Self::Buffered(_))
    }

    /// Returns whether it is in an `Option` here.
    pub(super) fn is_optional(self) -> bool {
        matches!(self, Self::Optional | Self::Buffered(Within::Optional))
    }

    /// Returns whether what is absent here reads as `None`, or as an empty set.
    pub(super) fn is_field(self) -> bool {
        matches!(self, Self::Field | Self::Buffered(Within::Field))
    }
}

/// Why a put refuses a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refusal {
    /// DynamoDB has no empty set, and only a field that is absent reads as one.
    EmptySet,
    /// serde's buffer has no integers of 128 bits.
    Wide,
    /// serde's buffer reads the names of a map as strings only.
    Name,
    /// What is left out in a variant of a flattened enum leaves no trace of the variant.
    NothingInVariant,
    /// `Some` of what is NULL reads as `None`.
    SomeOfNothing,
}

/// A type of a field.
pub(super) trait Shape:
    Serialize + DeserializeOwned + PartialEq + Debug + Clone + 'static
{
    /// Makes a value up that DynamoDB can store.
    fn made(source: &mut Source<'_>) -> Self;

    /// Returns why a put may refuse the value in this place; `None` where it must take it.
    fn refusal(&self, _place: Place) -> Option<Refusal> {
        None
    }
}
