//! Encodes an item into a request: in one pass, or by way of the SDK's values where the one pass refuses.

use super::json_writer::{JsonWriter, KeyLookup};
use super::ser::JsonSerializer;
use super::write_item::write_item;
use crate::codec::error::CodecError;
use crate::codec::sdk_values::encode_with_doubts;
use crate::value::{KeyRanges, item_size};
use serde::Serialize;

/// Appends a struct or map to the buffer, and returns its size as DynamoDB counts it.
///
/// After an error the buffer is as it was.
pub(crate) fn encode_item<T: Serialize + ?Sized>(
    value: &T,
    out: &mut Vec<u8>,
) -> Result<usize, CodecError> {
    let no_keys = KeyLookup {
        index_of: |_| None,
        count: 0,
    };
    Ok(encode_keyed_item(value, no_keys, out)?.size)
}

/// Facts of an item that has been encoded. Made here, and taken by `EncodedItem`.
pub(crate) struct EncodedFacts {
    /// The size in bytes, as DynamoDB counts it.
    pub(crate) size: usize,
    pub(crate) keys: KeyRanges,
    /// `true` if serde may not read the item back as it was.
    pub(crate) is_doubtful: bool,
}

/// Appends a struct or map to the buffer, and returns the byte ranges of its keys too.
pub(crate) fn encode_keyed_item<T: Serialize + ?Sized>(
    value: &T,
    keys: KeyLookup,
    out: &mut Vec<u8>,
) -> Result<EncodedFacts, CodecError> {
    const ROOM: usize = 1024;
    let start = out.len();
    let mut writer = JsonWriter::new(std::mem::take(out), ROOM);
    writer.note_keys(keys);
    let written = value.serialize(JsonSerializer::item(&mut writer));
    let keys = writer.keys();
    let is_doubtful = writer.is_doubtful();
    let (bytes, size) = writer.into_parts();
    *out = bytes;
    if let (Ok(_), Some(size)) = (written, size) {
        return Ok(EncodedFacts {
            size,
            keys,
            is_doubtful,
        });
    }
    out.truncate(start);
    let (item, doubts) = encode_with_doubts(value)?;
    write_item(&item, out);
    Ok(EncodedFacts {
        size: item_size(&item),
        keys: KeyRanges::default(),
        is_doubtful: !doubts.is_empty(),
    })
}
