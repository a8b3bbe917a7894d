//! Decodes items that dkmio kept as the SDK's values.

use crate::codec::decode_item;
use crate::error::DecodeError;
use crate::schema::Table;
use crate::value::Item;

/// Decodes an item as its model; the error names the item's key.
pub(super) fn read_model<M: Table>(item: Item) -> Result<M, DecodeError> {
    let key = M::KEYS.of(&item);
    decode_item(item).map_err(|e| e.into_decode_error(Some(M::SCHEMA.name()), Some(key)))
}
