//! Which types may read a set.

use serde::de::Visitor;
use std::any::type_name;

/// Whether the type that reads a value may read a set.
///
/// A set that is read as a list would be written back as a list. So a set is read only by types that keep it, or do not
/// write: [`Set`](crate::Set); an adapter of serde's `with`, such as `serde_dynamo::string_set`; and a type that
/// borrows, because models do not borrow.
#[derive(Clone, Copy)]
pub(super) struct SetPolicy {
    /// `true` if [`Set`](crate::Set) asks.
    is_set: bool,
    /// Returns the name of the seed's type. Called only for a set.
    seed: fn() -> &'static str,
}

impl SetPolicy {
    #[inline(always)]
    pub(super) const fn of<S>() -> Self {
        Self {
            is_set: false,
            seed: type_name::<S>,
        }
    }

    /// The policy for a value that [`Set`](crate::Set) asks for.
    pub(super) const fn as_set(self) -> Self {
        Self {
            is_set: true,
            ..self
        }
    }

    pub(super) fn is_set(self) -> bool {
        self.is_set
    }

    /// Whether this visitor may read a set as a sequence.
    pub(super) fn reads_sets<'de, V: Visitor<'de>>(self) -> bool {
        self.is_set || self.is_adapter() || type_name::<V::Value>().contains('&')
    }

    /// Whether an adapter of serde's `with` asks. serde's derive makes a type of this name for such a field.
    fn is_adapter(self) -> bool {
        (self.seed)().contains("__DeserializeWith")
    }
}
