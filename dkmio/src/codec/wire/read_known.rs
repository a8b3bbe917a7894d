//! Reads an item for an error, without the values of types that this version of the SDK does not know.

use super::attributes::attributes;
use super::fault::Fault;
use super::reader::Reader;
use crate::value::Item;

/// Reads an item without the values of types that only a later version of the SDK knows.
pub(crate) fn read_known(reader: &mut Reader<'_>) -> Result<Item, Fault> {
    let mut item = Item::new();
    attributes(reader, |name, value| {
        match value.read() {
            Ok(value) => item.insert(name.into_owned(), value),
            Err(_) => item.remove(&*name),
        };
    })?;
    Ok(item)
}
