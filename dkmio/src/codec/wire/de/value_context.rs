//! What is known of a value before it is decoded.

use crate::codec::set_policy::SetPolicy;
use crate::codec::value_kind::ValueKind;

/// What is known of a value before it is decoded.
///
/// A deserializer has a reference to it, so that it is passed on in two registers.
pub(super) struct ValueContext {
    /// The type of a value that has no object around it: an item, or an element of a set.
    pub(super) bare: Option<ValueKind>,
    pub(super) set_policy: SetPolicy,
}

impl ValueContext {
    /// A value that [`Set`](crate::Set) asks for.
    pub(super) const SET: &'static Self = &Self {
        bare: None,
        set_policy: SetPolicy::of::<()>().as_set(),
    };

    /// A value that this seed asks for.
    #[inline(always)]
    pub(super) fn of<S>(bare: Option<ValueKind>) -> &'static Self {
        match bare {
            None => const { &Self::new::<S>(None) },
            Some(kind) => Self::of_bare(kind),
        }
    }

    const fn new<S>(bare: Option<ValueKind>) -> Self {
        Self {
            bare,
            set_policy: SetPolicy::of::<S>(),
        }
    }

    /// An item, or an element of a set. Neither is a set, so the seed does not matter.
    fn of_bare(kind: ValueKind) -> &'static Self {
        macro_rules! bare {
            ($($kind:ident)*) => {
                match kind {
                    $(ValueKind::$kind => const { &Self::new::<()>(Some(ValueKind::$kind)) },)*
                }
            };
        }
        bare!(S N B Bool Null L M Ss Ns Bs Unknown)
    }
}
