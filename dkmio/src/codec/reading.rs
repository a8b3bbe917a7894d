use serde::de::Visitor;
use std::any::type_name;

/// How a value is read: who asks for it, and whether it may be a set.
///
/// A set that reads as a list would be written back as one, so that only those read it who keep it: [`Set`](crate::Set);
/// an adapter of serde's `with`, whose own business it is, such as `serde_dynamo::string_set`; and what borrows, which is
/// never written.
#[derive(Clone, Copy)]
pub(super) struct How {
    is_set: bool,
    /// Names the type of the seed. Asked only when there is a set.
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

    /// The same for what [`Set`](crate::Set) asks for.
    pub(super) fn as_set(self) -> Self {
        Self {
            is_set: true,
            ..self
        }
    }

    pub(super) fn is_set(self) -> bool {
        self.is_set
    }

    /// Whether a set is read as a sequence by this visitor.
    pub(super) fn reads_sets<'de, V: Visitor<'de>>(self) -> bool {
        self.is_set || self.is_adapter() || type_name::<V::Value>().contains('&')
    }

    /// Whether serde's `with` is what asks: for such a field its derive makes a type of this name.
    fn is_adapter(self) -> bool {
        (self.seed)().contains("__DeserializeWith")
    }
}
