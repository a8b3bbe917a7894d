//! Decides which types may read a DynamoDB set as a sequence.

use serde::de::Visitor;
use std::any::type_name;

/// How a value is read: by which type, and whether it may be a set.
///
/// A set that reads as a list would be written back as a list. So only these read a set: [`Set`](crate::Set); an
/// adapter of serde's `with`, such as `serde_dynamo::string_set`, which decides for itself; and types that borrow,
/// because they are never written.
#[derive(Clone, Copy)]
pub(super) struct How {
    is_set: bool,
    /// Returns the name of the seed's type. Called for a set only.
    seed: fn() -> &'static str,
}

impl How {
    #[inline(always)]
    pub(super) fn of<S>() -> Self {
        Self {
            is_set: false,
            seed: type_name::<S>,
        }
    }

    /// Returns how the content of a [`Set`](crate::Set) is read.
    pub(super) fn as_set(self) -> Self {
        Self {
            is_set: true,
            ..self
        }
    }

    pub(super) fn is_set(self) -> bool {
        self.is_set
    }

    /// Returns whether this visitor may read a set as a sequence.
    pub(super) fn reads_sets<'de, V: Visitor<'de>>(self) -> bool {
        self.is_set || self.is_adapter() || type_name::<V::Value>().contains('&')
    }

    /// Returns whether an adapter of serde's `with` reads the value: serde's derive makes a type of this name for its
    /// field.
    fn is_adapter(self) -> bool {
        (self.seed)().contains("__DeserializeWith")
    }
}
