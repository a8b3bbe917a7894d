//! The values of keys: what users may give for them, and how they are encoded.

use super::KeyFault;
use crate::codec::encode;
use crate::value::{AttributeValue, KeyAttribute, Prefix};
#[cfg(any(feature = "chrono", feature = "jiff"))]
use crate::value::{Moment, Sortable};
#[cfg(feature = "rust_decimal")]
use crate::value::{Number, decimal};
use serde::Serialize;
use std::borrow::Cow;
use std::marker::PhantomData;

/// The values of a key, in the order of its attributes.
pub(crate) type KeyValues = Result<Vec<AttributeValue>, KeyFault>;

/// Takes the values of a key, in the order of its attributes.
#[doc(hidden)]
pub trait KeyOutput {
    #[doc(hidden)]
    fn text(&mut self, text: &str);
    #[doc(hidden)]
    fn value(&mut self, value: AttributeValue);
    /// Takes the value of a key attribute as it is sent, where `value` may take a member of it.
    #[doc(hidden)]
    fn attribute(&mut self, value: AttributeValue) {
        self.value(value);
    }
}

impl KeyOutput for Vec<AttributeValue> {
    fn text(&mut self, text: &str) {
        self.push(AttributeValue::S(text.to_owned()));
    }

    fn value(&mut self, value: AttributeValue) {
        self.push(value);
    }
}

/// The result of encoding the values of a key.
#[doc(hidden)]
pub type KeyEncoded = Result<(), KeyFault>;

/// Encodes a key that is given as a `K`.
#[doc(hidden)]
pub type EncodeKey<K> = fn(K, &mut dyn KeyOutput) -> KeyEncoded;

/// A value for a key of type `T`; for a key of several attributes, `T` is a tuple.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a key of type `{T}`",
    label = "expected `{T}` or a reference to it",
    note = "a key of several attributes takes a tuple, one value for each, in the order of their declaration"
)]
pub trait KeyValue<T> {
    #[doc(hidden)]
    fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded;
}

/// Encodes the `count` values of a key.
pub(crate) fn key_values<T>(value: impl KeyValue<T>, count: usize) -> KeyValues {
    let mut values = Vec::with_capacity(count);
    value.encode_key(&mut values)?;
    Ok(values)
}

/// Hands a member of an entity's keys to `to`; NULL if it is absent.
#[doc(hidden)]
pub fn encode_member<T: Serialize + ?Sized>(value: &T, to: &mut dyn KeyOutput) -> KeyEncoded {
    one(value, to)
}

fn one<T: Serialize + ?Sized>(value: &T, to: &mut dyn KeyOutput) -> KeyEncoded {
    to.value(encode(value)?.unwrap_or(AttributeValue::Null(true)));
    Ok(())
}

#[diagnostic::do_not_recommend]
impl<T: KeyAttribute> KeyValue<T> for T {
    fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded {
        one(&self, to)
    }
}

#[diagnostic::do_not_recommend]
impl<T: KeyAttribute> KeyValue<T> for &T {
    fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded {
        one(self, to)
    }
}

macro_rules! strings {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl KeyValue<String> for $ty {
            fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded {
                to.text(&self);
                Ok(())
            }
        }
    )* };
}
strings!(&str, &&str, Cow<'_, str>, Box<str>, std::sync::Arc<str>);

#[cfg(any(feature = "chrono", feature = "jiff"))]
impl<T: Moment> KeyValue<Sortable<T>> for T {
    fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded {
        one(&Sortable::from(self), to)
    }
}

#[cfg(feature = "rust_decimal")]
macro_rules! decimals {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl KeyValue<decimal::DecimalKey> for $ty {
            fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded {
                one(&Number::from(self), to)
            }
        }
        #[diagnostic::do_not_recommend]
        impl KeyValue<decimal::DecimalKey> for &$ty {
            fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded {
                one(&Number::from(ToOwned::to_owned(self)), to)
            }
        }
    )* };
}
#[cfg(feature = "rust_decimal")]
decimals!(rust_decimal::Decimal, Number, i32, i64, u32, u64);

macro_rules! tuples {
    ($($T:ident $V:ident $i:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($T, $V: KeyValue<$T>),*> KeyValue<($($T,)*)> for ($($V,)*) {
            fn encode_key(self, to: &mut dyn KeyOutput) -> KeyEncoded {
                $(self.$i.encode_key(to)?;)*
                Ok(())
            }
        }
    };
}
tuples!(A V 0, B W 1);
tuples!(A V 0, B W 1, C X 2);
tuples!(A V 0, B W 1, C X 2, D Y 3);
tuples!(A V 0, B W 1, C X 2, D Y 3, E Z 4);
tuples!(A V 0, B W 1, C X 2, D Y 3, E Z 4, F U 5);
tuples!(A V 0, B W 1, C X 2, D Y 3, E Z 4, F U 5, G T 6);
tuples!(A V 0, B W 1, C X 2, D Y 3, E Z 4, F U 5, G T 6, H S 7);

/// The key of an entity whose template has no members.
#[diagnostic::do_not_recommend]
impl KeyValue<()> for () {
    fn encode_key(self, _: &mut dyn KeyOutput) -> KeyEncoded {
        Ok(())
    }
}

/// The key struct of a model, such as `OrdersKey`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the key of a table",
    label = "not made by `#[derive(DynamoTable)]`"
)]
pub trait PrimaryKey {
    #[doc(hidden)]
    fn encode(&self, to: &mut dyn KeyOutput) -> KeyEncoded;
}

/// A sort key, or the rest of one: an attribute of type `H`, and then `T`.
pub struct Then<H, T>(PhantomData<(H, T)>);
/// The end of a sort key.
pub struct End;
/// The sort key of a table or index without one; it accepts anything, so that [`HasSortKey`](super::HasSortKey) is the
/// only error.
pub struct NoSortKey;

/// The attributes of a sort key that are still to be compared.
#[diagnostic::on_unimplemented(
    message = "no further sort key condition can follow here",
    label = "nothing left of the sort key to compare",
    note = "the attributes of a sort key are compared left to right, each once, and a range (`ge`, `between`, `begins_with`, ..) comes last"
)]
pub trait SortState {
    /// The attribute that is compared next.
    type Head;
    /// The attributes after that one.
    type Tail;
}
#[diagnostic::do_not_recommend]
impl<H, T> SortState for Then<H, T> {
    type Head = H;
    type Tail = T;
}
#[diagnostic::do_not_recommend]
impl SortState for NoSortKey {
    type Head = AnyKey;
    type Tail = NoSortKey;
}

/// The type of a sort key that is not there.
pub struct AnyKey;
#[diagnostic::do_not_recommend]
impl Prefix for AnyKey {}
#[diagnostic::do_not_recommend]
impl<V: Serialize> KeyValue<AnyKey> for V {
    fn encode_key(self, _: &mut dyn KeyOutput) -> KeyEncoded {
        // Never sent: `sk(..)` needs `HasSortKey`, which no source with `NoSortKey` has.
        Ok(())
    }
}
