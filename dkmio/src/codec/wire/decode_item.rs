//! Decodes an item, or one attribute value, into a user's type.

use super::de;
use super::error::WireError;
use super::fault::FaultKind;
use super::read_item::{read_again, read_value_again};
use super::reader::Reader;
use crate::codec::error::CodecError;
use crate::codec::text_in_bytes;
use crate::codec::value_kind::ValueKind;
use crate::value::AttributeValue;
use serde::Deserialize;
use std::marker::PhantomData;

/// Decodes the next item. The reader is after the item then, also after [`WireError::Value`].
pub(crate) fn decode_item<'de, T: Deserialize<'de>>(
    reader: &mut Reader<'de>,
) -> Result<T, WireError> {
    decode(reader, Some(ValueKind::M))
}

fn decode<'de, T: Deserialize<'de>>(
    reader: &mut Reader<'de>,
    bare: Option<ValueKind>,
) -> Result<T, WireError> {
    let (start, depth) = (reader.position(), reader.depth());
    let mut result = de::seeded(reader, bare, PhantomData);
    // DynamoDB writes no name twice. Of a name that comes twice, the SDK keeps the last value, and so does this.
    if reader
        .first_fault()
        .is_some_and(|fault| fault.kind == FaultKind::Repeated)
    {
        reader.rewind(start, depth);
        reader.start_over(true);
        result = de::seeded(reader, bare, PhantomData);
    }
    let fault = reader.first_fault();
    reader.start_over(false);
    let has_text = reader.take_buffered_text();
    match fault {
        Some(fault) => Err(WireError::Json(fault)),
        None if has_text && result.is_ok() => {
            check_text::<T>(reader, bare, start)?;
            result.map_err(WireError::Value)
        }
        None => result.map_err(WireError::Value),
    }
}

/// Refuses the value that was decoded last, from this start, if binary data in it was read as text.
#[cold]
fn check_text<'de, T: Deserialize<'de>>(
    reader: &Reader<'de>,
    bare: Option<ValueKind>,
    start: usize,
) -> Result<(), WireError> {
    let value = match bare {
        Some(_) => AttributeValue::M(read_again(reader, start)?),
        None => read_value_again(reader, start)?,
    };
    text_in_bytes::check::<T>(&value).map_err(WireError::Value)
}

/// Decodes the next attribute value. The reader is after the value then, as after an item.
pub(crate) fn decode_value<'de, T: Deserialize<'de>>(
    reader: &mut Reader<'de>,
) -> Result<T, WireError> {
    decode(reader, None)
}

/// Decodes a whole text, which must be one item.
pub(in crate::codec) fn from_json<'de, T: Deserialize<'de>>(
    json: &'de [u8],
) -> Result<T, CodecError> {
    let mut reader = Reader::of_item(json)?;
    let decoded = decode_item(&mut reader);
    if let Err(WireError::Json(fault)) = decoded {
        return Err(fault.into());
    }
    // Text after the item is told before a value that does not read.
    reader.end()?;
    Ok(decoded?)
}
