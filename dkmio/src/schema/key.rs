//! The values of keys: what users may give for them, how they are encoded, and DynamoDB's limits.

use super::{IndexSchema, KeyElement, KeySchema, TableSchema};
use crate::codec::{CodecError, encode};
use crate::error::{Error, InvalidKey};
use crate::value::{AttributeValue, Item, KeyAttribute, Prefix, Scalar};
#[cfg(any(feature = "chrono", feature = "jiff"))]
use crate::value::{Moment, Sortable};
#[cfg(feature = "rust_decimal")]
use crate::value::{Number, decimal};
use serde::Serialize;
use std::borrow::Cow;
use std::marker::PhantomData;

/// The longest partition key value, in bytes.
const MAX_PARTITION_KEY: usize = 2048;
/// The longest sort key value, in bytes.
const MAX_SORT_KEY: usize = 1024;

/// The values of a key, in the order of its attributes.
pub(crate) type KeyValues = Result<Vec<AttributeValue>, CodecError>;

/// Takes the values of a key, in the order of its attributes.
pub trait KeyOutput {
    #[doc(hidden)]
    fn text(&mut self, text: &str);
    #[doc(hidden)]
    fn value(&mut self, value: AttributeValue);
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
pub type KeyEncoded = Result<(), CodecError>;

/// Encodes a key that is given as a `K`.
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

/// The key struct of a model, such as `OrdersKey`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the key of a table",
    label = "not made by `#[derive(DynamoTable)]`"
)]
pub trait PrimaryKey {
    #[doc(hidden)]
    fn encode(&self, to: &mut dyn KeyOutput) -> KeyEncoded;
}

/// Returns the attributes of a key, and how long each may be.
pub(super) fn limits(
    keys: &KeySchema,
) -> impl Iterator<Item = (&'static KeyElement, usize)> + use<> {
    let keys = *keys;
    (0..).map_while(move |index| limit(&keys, index))
}

/// Returns the attribute of a key at this index, and how long it may be.
#[inline]
pub(super) fn limit(keys: &KeySchema, index: usize) -> Option<(&'static KeyElement, usize)> {
    let (partition, sort) = (keys.partition(), keys.sort());
    match partition.get(index) {
        Some(element) => Some((element, MAX_PARTITION_KEY)),
        None => Some((sort.get(index - partition.len())?, MAX_SORT_KEY)),
    }
}

/// Checks a primary key that has all its values.
pub(super) fn check_key(keys: &KeySchema, values: &[AttributeValue]) -> Result<(), Error> {
    let mut values = values.iter();
    for (element, limit) in limits(keys) {
        match values.next() {
            Some(value) => check_key_value(element.name(), value, limit)?,
            None => return Err(Error::InvalidKey(missing(element.name()))),
        }
    }
    Ok(())
}

/// Checks the keys of an item; a missing one is an error only if it is `required`.
pub(crate) fn check_keys(keys: &KeySchema, item: &Item, required: bool) -> Result<(), Error> {
    for (element, limit) in limits(keys) {
        let name = element.name();
        match item.get(name) {
            Some(value) => check_key_value(name, value, limit)?,
            None if required => return Err(Error::InvalidKey(missing(name))),
            None => {}
        }
    }
    Ok(())
}

/// Checks the partition key values of a query.
pub(crate) fn check_key_condition(
    keys: &KeySchema,
    partition: &[AttributeValue],
) -> Result<(), Error> {
    for (element, value) in keys.partition().iter().zip(partition) {
        check_key_value(element.name(), value, MAX_PARTITION_KEY)?;
    }
    Ok(())
}

/// Checks the values that an attribute of a sort key is compared with.
pub(crate) fn check_sort_condition(
    element: &KeyElement,
    values: &[AttributeValue],
) -> Result<(), Error> {
    values
        .iter()
        .try_for_each(|value| check_key_value(element.name(), value, MAX_SORT_KEY))
}

/// Checks a value that an update sets an attribute to, against the indexes of which the attribute is a key.
pub(crate) fn check_index_key(
    schema: &TableSchema,
    name: &str,
    value: &AttributeValue,
) -> Result<(), Error> {
    for keys in schema.indexes().iter().map(IndexSchema::keys) {
        for (_, limit) in limits(keys).filter(|(k, _)| k.name() == name) {
            check_key_value(name, value, limit)?;
        }
    }
    Ok(())
}

/// Checks one value of a key, because DynamoDB refuses an empty or long value.
fn check_key_value(name: &str, value: &AttributeValue, limit: usize) -> Result<(), Error> {
    let value = Scalar::of(value);
    check_scalar(name, value.as_ref(), limit).map_err(Error::InvalidKey)
}

/// Checks one value of a key; `None` is a value of a type that no key has.
pub(super) fn check_scalar(
    name: &str,
    value: Option<&Scalar<'_>>,
    limit: usize,
) -> Result<(), InvalidKey> {
    let size = match value {
        Some(Scalar::S(text)) => text.len(),
        Some(Scalar::B(data)) => data.len(),
        Some(Scalar::N(_)) => return Ok(()),
        None => {
            return Err(InvalidKey::new(format!(
                "key attribute `{name}` must be a string, a number or binary"
            )));
        }
    };
    if size == 0 {
        return Err(InvalidKey::new(format!(
            "key attribute `{name}` is empty; DynamoDB takes no empty key"
        )));
    }
    if size > limit {
        return Err(InvalidKey::new(format!(
            "key attribute `{name}` has {size} bytes; DynamoDB takes at most {limit} in this key"
        )));
    }
    Ok(())
}

pub(super) fn missing(name: &str) -> InvalidKey {
    InvalidKey::new(format!("key attribute `{name}` is missing"))
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
