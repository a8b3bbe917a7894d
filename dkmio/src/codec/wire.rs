//! Between Rust values and DynamoDB JSON, without the SDK's values in between.
//!
//! A user's item is written straight into the bytes of a request, and a response's bytes are read straight into the
//! user's type. The result is that of the slower way through [`AttributeValue`](crate::AttributeValue): the same items,
//! the same errors.
//!
//! # From a request's value to the bytes of an item
//!
//! 1. [`encode_item`] hands the value to serde with a serializer of `ser.rs`, whose lists and maps are in `ser/`. What
//!    a value becomes depends on where it is written, its `JsonForm`: a value with its type, a map's name, a set's
//!    element.
//! 2. The serializer calls `json_writer.rs`, which writes `{"S":"…"}` and its like, counts the item's size as DynamoDB
//!    does, and notes the byte ranges of the keys.
//! 3. `buffer.rs` appends the bytes. A string of up to 16 bytes is handled as two words (`short_text.rs`); a longer one
//!    is searched for bytes that need an escape, 16 at a time (`special_bytes.rs`).
//!
//! The one pass refuses, with `NotInOnePass`, a value that is not written or only with care: a number that DynamoDB
//! cannot store, more than 32 levels, a name twice in a map, `Some(None)`, a set of mixed types. Then [`encode_item`]
//! forgets the bytes and encodes the value once more by way of the SDK's values, which gives the item or an error with
//! a path, and `write_item.rs` writes that item. `NotInOnePass` says no more than that, because most values never need
//! it.
//!
//! # From a response's bytes to the user's type
//!
//! 1. `reader/cursor.rs` is a cursor over the response's text, with strings, objects and arrays beside it. It takes
//!    exactly what the SDK's parser takes. Each step first tries the way in which DynamoDB writes nearly everything,
//!    *plainly*: no white space, no escapes. `name_predictor.rs` expects the names of the item before, `escapes.rs`
//!    resolves what is not plain.
//! 2. `value_type.rs` enters and leaves the object around each value, which names its type.
//! 3. [`decode_item`] hands the type to serde with a deserializer of `de.rs`, whose lists, maps and variants are in
//!    `de/`. Strings without escapes are borrowed from the response. What the type ignores goes through `skip.rs`,
//!    which checks it.
//! 4. `key_offsets.rs` records where the key of the item is, so that [`KeyFinder`] can tell which item was asked for.
//!
//! The reader refuses in two ways, which [`WireError`] tells apart:
//!
//! - `WireError::Json`: the bytes are no item that the SDK would read, or hold a type that only the SDK knows. serde's
//!   errors cannot carry this, so the reader remembers its first [`Fault`]. The caller gives the response to the SDK's
//!   own parser and decodes, or reports, what that makes of it.
//! - `WireError::Value`: the bytes are an item and the type does not want it. The reader is after the item then, so
//!   that the next item can be read; `read_item.rs` reads the item again as SDK values where an error shows its key.
//!
//! A name that comes twice in a map is a fault too, but not the SDK's to report: [`decode_item`] goes back to the start
//! of the item, and looks ahead in every map for the last value of each name.
//!
//! # Items without a type
//!
//! `read_item.rs` and `write_item.rs` are the ways to and from the SDK's values. `unread_items.rs` keeps a page's items
//! in their bytes, where `list_in_answer.rs` found them; `unread_value.rs` does so with one value, for a path into a
//! document; `attributes.rs` walks through an item; `key_writer.rs` writes keys of batches in one form, to compare them
//! as bytes.

mod attributes;
mod base64_text;
mod buffer;
mod de;
mod decode_item;
mod encode_item;
mod error;
mod escapes;
mod fault;
mod json_writer;
mod key_finder;
mod key_offsets;
mod key_writer;
mod list_in_answer;
mod name_predictor;
mod name_set;
mod read_item;
mod read_known;
mod reader;
mod ser;
mod short_text;
mod skip;
mod special_bytes;
mod unread_items;
mod unread_value;
mod value_type;
mod write_item;
mod written_as;

pub(crate) use self::attributes::{attribute_range, attributes, peek_attributes};
pub(crate) use self::decode_item::decode_item;
pub(super) use self::decode_item::from_json;
pub(crate) use self::encode_item::encode_item;
pub(super) use self::encode_item::encode_keyed_item;
pub(crate) use self::error::WireError;
pub(crate) use self::fault::{Fault, FaultKind};
pub(crate) use self::json_writer::KeyLookup;
pub(crate) use self::key_finder::KeyFinder;
pub(crate) use self::key_writer::KeyWriter;
pub(crate) use self::list_in_answer::ListInAnswer;
pub(crate) use self::read_item::{read_again, read_item};
pub(crate) use self::read_known::read_known;
pub(crate) use self::reader::Reader;
pub(crate) use self::skip::skip_item;
pub(crate) use self::unread_items::{UnreadError, UnreadItems, UnreadReader};
pub(crate) use self::unread_value::UnreadValue;
pub(super) use self::write_item::{NameOrder, write_item_in_order};
pub(crate) use self::write_item::{write_item, write_value};

#[cfg(test)]
mod tests;
