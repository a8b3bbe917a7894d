//! DynamoDB's limits for the values of keys, checked before a request is sent.

use super::{IndexSchema, KeyElement, KeySchema, TableSchema};
use crate::error::{Error, InvalidKey};
use crate::value::{AttributeValue, Item, Scalar};

/// The longest partition key value, in bytes.
const MAX_PARTITION_KEY: usize = 2048;
/// The longest sort key value, in bytes.
const MAX_SORT_KEY: usize = 1024;

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
