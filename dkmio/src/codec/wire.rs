//! Between Rust values and DynamoDB JSON, without the SDK's types between.
//!
//! A response's bytes are read straight into the user's type, and a value is written straight into the request's bytes.
//! What is read and written is what the other path gives, through [`AttributeValue`]: the same values, the same errors.

mod buffer;
mod de;
mod fault;
mod item;
mod key_finder;
mod key_offsets;
mod keys;
mod learned;
mod names;
mod output;
mod plain;
mod raw;
mod reader;
mod ser;
mod short;
mod skip;
mod text;
mod unread;
mod value;

pub(crate) use self::fault::{Fault, FaultKind};
pub(crate) use self::key_finder::KeyFinder;
pub(crate) use self::keys::KeyWriter;
pub(crate) use self::output::KeyNames;
pub(crate) use self::plain::write_item;
pub(super) use self::plain::{NameOrder, write_item_in_order};
pub(crate) use self::raw::RawValue;
pub(crate) use self::reader::Reader;
use self::skip::Repeated;
pub(crate) use self::unread::{FoundList, UnreadError, UnreadItems, UnreadReader};
use super::error::CodecError;
use super::kind::Kind;
use crate::value::{Item, KeyPlaces, item_size};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::marker::PhantomData;

/// Why bytes do not read as a Rust type.
#[derive(Debug)]
pub(crate) enum WireError {
    /// The bytes are not for us: the SDK decides what they are.
    Json(Fault),
    /// The bytes are an item, and the item is not what the type wants.
    Value(CodecError),
}

/// Reads an item as a type.
pub(crate) type ReadItem<T> = fn(&mut Reader<'_>) -> Result<T, WireError>;

impl From<Fault> for WireError {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}

/// Decodes an item. The reader stands behind it then, also after an error in a value: the item is known to be one.
pub(crate) fn decode_item<'de, T: Deserialize<'de>>(
    reader: &mut Reader<'de>,
) -> Result<T, WireError> {
    decode(reader, Some(Kind::M))
}

fn decode<'de, T: Deserialize<'de>>(
    reader: &mut Reader<'de>,
    bare: Option<Kind>,
) -> Result<T, WireError> {
    let (start, depth) = (reader.position(), reader.depth());
    let mut result = de::seeded(reader, bare, PhantomData);
    // DynamoDB writes no name twice. Whoever does means the last.
    if reader
        .kept()
        .is_some_and(|fault| fault.kind == FaultKind::Repeated)
    {
        reader.rewind(start, depth);
        reader.begin_again(true);
        result = de::seeded(reader, bare, PhantomData);
    }
    let fault = reader.kept();
    reader.begin_again(false);
    match fault {
        Some(fault) => Err(WireError::Json(fault)),
        None => result.map_err(WireError::Value),
    }
}

/// Decodes an attribute value. The reader stands behind it then, as behind an item.
pub(crate) fn decode_value<'de, T: Deserialize<'de>>(
    reader: &mut Reader<'de>,
) -> Result<T, WireError> {
    decode(reader, None)
}

/// Reads an item as the SDK does.
pub(crate) fn read_item(reader: &mut Reader<'_>) -> Result<Item, Fault> {
    reader.item()
}

/// Reads once more the item that begins there, and that the reader stands behind.
pub(crate) fn read_again(reader: &Reader<'_>, start: usize) -> Result<Item, Fault> {
    let json = reader.slice(start, reader.position())?;
    Reader::nested(json, 0).item()
}

/// Reads an item without the values of types that nobody knows, which only the SDK can make.
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

/// Goes past an item, and checks that it is one.
pub(crate) fn skip_item(reader: &mut Reader<'_>) -> Result<(), Fault> {
    reader.skip_attribute(Some(Kind::M), Repeated::Ignored)
}

/// Walks through the attributes of an item, without decoding them. Of a name that comes twice, the last value counts.
pub(crate) fn attributes<'de>(
    reader: &mut Reader<'de>,
    mut each: impl FnMut(Cow<'de, str>, RawValue<'de>),
) -> Result<(), Fault> {
    let mut members = reader.object()?;
    while let Some(name) = reader.next_member(&mut members)? {
        each(name, RawValue::take(reader)?);
    }
    Ok(())
}

/// Writes a struct or map behind what the buffer holds, and returns its size as DynamoDB counts it.
///
/// On an error the buffer is as it was.
pub(crate) fn encode_item<T: Serialize + ?Sized>(
    value: &T,
    out: &mut Vec<u8>,
) -> Result<usize, CodecError> {
    let none = KeyNames {
        place: |_| None,
        count: 0,
    };
    Ok(encode_keyed_item(value, none, out)?.size)
}

/// What is known of an item that has been written.
pub(crate) struct WrittenItem {
    /// As DynamoDB counts it.
    pub(crate) size: usize,
    pub(crate) keys: KeyPlaces,
    /// Whether something was written that serde may not read back.
    pub(crate) is_doubtful: bool,
}

/// The same, and returns where the values of its keys stand.
pub(crate) fn encode_keyed_item<T: Serialize + ?Sized>(
    value: &T,
    keys: KeyNames,
    out: &mut Vec<u8>,
) -> Result<WrittenItem, CodecError> {
    const ROOM: usize = 1024;
    let start = out.len();
    let mut output = output::Output::new(std::mem::take(out), ROOM);
    output.note_keys(keys);
    let written = value.serialize(ser::Serializer::item(&mut output));
    let keys = output.keys();
    let is_doubtful = output.is_doubtful();
    let (bytes, size) = output.into_parts();
    *out = bytes;
    if let (Ok(_), Some(size)) = (written, size) {
        return Ok(WrittenItem {
            size,
            keys,
            is_doubtful,
        });
    }
    out.truncate(start);
    let (item, notes) = super::encode_noted(value)?;
    write_item(&item, out);
    Ok(WrittenItem {
        size: item_size(&item),
        keys: KeyPlaces::default(),
        is_doubtful: !notes.is_empty(),
    })
}

/// Finds some attributes of the item that the reader stands at, up to this many, and leaves the reader where it is.
pub(crate) fn peek_attributes<'de>(
    reader: &mut Reader<'de>,
    wanted: impl Fn(&str) -> bool,
    count: usize,
) -> Result<Vec<(Cow<'de, str>, RawValue<'de>)>, Fault> {
    let (start, depth) = (reader.position(), reader.depth());
    let mut found = Vec::with_capacity(count.min(4));
    let mut members = reader.object()?;
    while found.len() < count
        && let Some(name) = reader.next_member(&mut members)?
    {
        let value = RawValue::take(reader)?;
        if wanted(&name) {
            found.push((name, value));
        }
    }
    reader.rewind(start, depth);
    Ok(found)
}

/// Decodes an item that stands alone.
pub(super) fn from_json<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, CodecError> {
    let no_item = |fault: Fault| CodecError::new(fault.to_string());
    let mut reader = Reader::of_item(json).map_err(no_item)?;
    match decode_item(&mut reader) {
        Err(WireError::Json(fault)) => Err(no_item(fault)),
        Err(WireError::Value(e)) => Err(reader.end().map_or_else(no_item, |()| e)),
        Ok(value) => reader.end().map_err(no_item).map(|()| value),
    }
}

#[cfg(test)]
mod tests;
