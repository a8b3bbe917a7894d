//! Values for keys.

use super::{IndexSchema, KeyElement, KeySchema, Table, TableSchema};
use crate::codec::{CodecError, encode};
use crate::error::{Error, InvalidKey};
#[cfg(feature = "rust_decimal")]
use crate::value::decimal;
use crate::value::{AttributeValue, Item, KeyAttribute, Number, Prefix};
#[cfg(any(feature = "chrono", feature = "jiff"))]
use crate::value::{Moment, Sortable};
use serde::Serialize;
use std::borrow::Cow;
use std::marker::PhantomData;

/// The longest partition key value, in bytes.
const MAX_PARTITION_KEY: usize = 2048;
/// The longest sort key value, in bytes.
const MAX_SORT_KEY: usize = 1024;

type Values = Result<Vec<AttributeValue>, CodecError>;

/// A value for a key of type `T`; for a key of several attributes, `T` is a tuple.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a key of type `{T}`",
    label = "expected `{T}` or a reference to it",
    note = "a key of several attributes takes a tuple, one value for each, in the order of their declaration"
)]
pub trait KeyValue<T> {
    #[doc(hidden)]
    fn encode_key(self) -> Values;
}

fn one<T: Serialize + ?Sized>(value: &T) -> Values {
    Ok(vec![encode(value)?.unwrap_or(AttributeValue::Null(true))])
}

#[diagnostic::do_not_recommend]
impl<T: KeyAttribute> KeyValue<T> for T {
    fn encode_key(self) -> Values {
        one(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: KeyAttribute> KeyValue<T> for &T {
    fn encode_key(self) -> Values {
        one(self)
    }
}

macro_rules! strings {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl KeyValue<String> for $ty {
            fn encode_key(self) -> Values {
                let text: &str = &self;
                one(text)
            }
        }
    )* };
}
strings!(&str, &&str, Cow<'_, str>, Box<str>, std::sync::Arc<str>);

#[cfg(any(feature = "chrono", feature = "jiff"))]
impl<T: Moment> KeyValue<Sortable<T>> for T {
    fn encode_key(self) -> Values {
        one(&Sortable::from(self))
    }
}

#[cfg(feature = "rust_decimal")]
macro_rules! decimals {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl KeyValue<decimal::DecimalKey> for $ty {
            fn encode_key(self) -> Values {
                one(&Number::from(self))
            }
        }
        #[diagnostic::do_not_recommend]
        impl KeyValue<decimal::DecimalKey> for &$ty {
            fn encode_key(self) -> Values {
                one(&Number::from(ToOwned::to_owned(self)))
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
            fn encode_key(self) -> Values {
                let mut values = Vec::new();
                $(values.extend(self.$i.encode_key()?);)*
                Ok(values)
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
    fn encode(&self) -> EncodedKey;
}

/// The primary key of one item, encoded.
#[derive(Clone, Debug)]
pub struct EncodedKey {
    schema: &'static KeySchema,
    values: Values,
}

impl EncodedKey {
    #[doc(hidden)]
    pub fn new<M: Table, T>(value: impl KeyValue<T>) -> Self {
        Self {
            schema: M::KEYS,
            values: value.encode_key(),
        }
    }

    /// Makes the key again of what [`EncodedKey::to_item`] returned.
    pub(crate) fn of_item(schema: &'static KeySchema, item: &Item) -> Self {
        let values = schema
            .iter()
            .filter_map(|element| item.get(element.name()).cloned())
            .collect();
        Self {
            schema,
            values: Ok(values),
        }
    }

    /// Returns the key as DynamoDB takes it, checked against its limits.
    pub(crate) fn to_item(&self) -> Result<Item, Error> {
        let values = self.values.clone().map_err(|e| e.into_encode(None))?;
        let item: Item = self
            .schema
            .iter()
            .map(|element| element.name().to_owned())
            .zip(values)
            .collect();
        check_keys(self.schema, &item, true)?;
        Ok(item)
    }
}

/// Returns the same bytes for two items if and only if they have the same key: numbers compare by value. `None` if the
/// item lacks a part of the key.
pub(crate) fn key_identity(keys: &KeySchema, item: &Item) -> Option<Vec<u8>> {
    key_identity_of(keys, |name| item.get(name))
}

/// The same where the attributes of the key are found one by one.
pub(crate) fn key_identity_of<'a>(
    keys: &KeySchema,
    attribute: impl Fn(&str) -> Option<&'a AttributeValue>,
) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(64);
    for element in keys.iter() {
        identify(attribute(element.name())?, &mut bytes)?;
    }
    Some(bytes)
}

fn identify(value: &AttributeValue, bytes: &mut Vec<u8>) -> Option<()> {
    let mut part = |part: &[u8]| {
        bytes.extend_from_slice(&part.len().to_be_bytes());
        bytes.extend_from_slice(part);
    };
    match value {
        AttributeValue::S(text) => part(text.as_bytes()),
        AttributeValue::N(text) => part(text.parse::<Number>().ok()?.as_str().as_bytes()),
        AttributeValue::B(blob) => part(blob.as_ref()),
        _ => return None,
    }
    Some(())
}

/// Whether an attribute is a key of the table or of an index.
pub(crate) fn is_key(schema: &TableSchema, name: &str) -> bool {
    let indexes = schema.indexes().iter().map(IndexSchema::keys);
    std::iter::once(schema.keys())
        .chain(indexes)
        .any(|keys| keys.contains(name))
}

/// Returns how many attributes are keys of the table or of an index, at most.
pub(crate) fn key_count(schema: &TableSchema) -> usize {
    let indexes = schema.indexes().iter().map(|index| index.keys().count());
    schema.keys().count() + indexes.sum::<usize>()
}

/// Checks the keys of an item that is to be written: the table's, and those of indexes where the item has them.
pub(crate) fn check_item_keys(schema: &TableSchema, item: &Item) -> Result<(), Error> {
    check_keys(schema.keys(), item, true)?;
    for index in schema.indexes() {
        check_keys(index.keys(), item, false)?;
    }
    Ok(())
}

fn check_keys(keys: &KeySchema, item: &Item, required: bool) -> Result<(), Error> {
    let partition = keys.partition().iter().map(|k| (k, MAX_PARTITION_KEY));
    let sort = keys.sort().iter().map(|k| (k, MAX_SORT_KEY));
    for (element, limit) in partition.chain(sort) {
        let name = element.name();
        match item.get(name) {
            Some(value) => check_key_value(name, value, limit)?,
            None if required => {
                return Err(invalid(format!("key attribute `{name}` is missing")));
            }
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

/// Checks a value that an attribute is set to, as a key of the indexes that it is a key of.
pub(crate) fn check_index_key(
    schema: &TableSchema,
    name: &str,
    value: &AttributeValue,
) -> Result<(), Error> {
    for keys in schema.indexes().iter().map(IndexSchema::keys) {
        let partition = keys.partition().iter().map(|k| (k, MAX_PARTITION_KEY));
        let sort = keys.sort().iter().map(|k| (k, MAX_SORT_KEY));
        for (_, limit) in partition.chain(sort).filter(|(k, _)| k.name() == name) {
            check_key_value(name, value, limit)?;
        }
    }
    Ok(())
}

/// Checks one value of a key; DynamoDB refuses an empty or long one.
fn check_key_value(name: &str, value: &AttributeValue, limit: usize) -> Result<(), Error> {
    let size = match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::B(blob) => blob.as_ref().len(),
        AttributeValue::N(_) => return Ok(()),
        _ => {
            return Err(invalid(format!(
                "key attribute `{name}` must be a string, a number or binary"
            )));
        }
    };
    if size == 0 {
        return Err(invalid(format!(
            "key attribute `{name}` is empty; DynamoDB takes no empty key"
        )));
    }
    if size > limit {
        return Err(invalid(format!(
            "key attribute `{name}` has {size} bytes; DynamoDB takes at most {limit} in this key"
        )));
    }
    Ok(())
}

fn invalid(message: String) -> Error {
    Error::InvalidKey(InvalidKey::new(message))
}

/// Of a sort key: the attribute `H`, and after it `T`.
pub struct Then<H, T>(PhantomData<(H, T)>);
/// The end of a sort key.
pub struct End;
/// The sort key of a table or index without one; it accepts anything, so that [`HasSortKey`](super::HasSortKey) is the
/// only error.
pub struct NoSortKey;

/// What is left of a sort key to be compared.
#[diagnostic::on_unimplemented(
    message = "no further sort key condition can follow here",
    label = "nothing left of the sort key to compare",
    note = "the attributes of a sort key are compared left to right, each once, and a range (`ge`, `between`, `begins_with`, ..) comes last"
)]
pub trait SortState {
    /// The attribute that is compared next.
    type Head;
    /// What is left after it.
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
    fn encode_key(self) -> Values {
        // Never sent: `sk(..)` needs `HasSortKey`, which no source with `NoSortKey` has.
        Ok(Vec::new())
    }
}
