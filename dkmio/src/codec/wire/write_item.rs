//! Writes the SDK's values in DynamoDB JSON, as the SDK does.

use super::json_writer::JsonWriter;
use crate::value::{AttributeValue, Item};

/// How many bytes are expected. Most items that are written here are keys.
const ROOM: usize = 128;

/// Appends an item to the buffer.
pub(crate) fn write_item(item: &Item, out: &mut Vec<u8>) {
    let mut writer = JsonWriter::new(std::mem::take(out), ROOM);
    item_to(&mut writer, item);
    *out = writer.into_parts().0;
}

/// Appends one value to the buffer.
pub(crate) fn write_value(value: &AttributeValue, out: &mut Vec<u8>) {
    let mut writer = JsonWriter::new(std::mem::take(out), ROOM);
    value_to(&mut writer, value);
    *out = writer.into_parts().0;
}

/// Writes an item with the names of each map in this order.
///
/// serde reads some types in one order only, and DynamoDB answers in any, so that reading back has to try both.
pub(in crate::codec) fn write_item_in_order(item: &Item, order: NameOrder) -> Vec<u8> {
    let mut writer = JsonWriter::new(Vec::new(), ROOM);
    ordered_item_to(&mut writer, item, order);
    writer.into_parts().0
}

/// The order of names in a map. Made by the check that an item reads back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::codec) enum NameOrder {
    Ascending,
    Descending,
}

fn ordered_item_to(writer: &mut JsonWriter, item: &Item, order: NameOrder) {
    let mut entries: Vec<_> = item.iter().collect();
    entries.sort_by_key(|(name, _)| *name);
    if order == NameOrder::Descending {
        entries.reverse();
    }
    writer.raw(b"{");
    for (index, (name, value)) in entries.into_iter().enumerate() {
        separate(writer, index);
        writer.string(name);
        writer.raw(b":");
        ordered_value_to(writer, value, order);
    }
    writer.raw(b"}");
}

fn ordered_value_to(writer: &mut JsonWriter, value: &AttributeValue, order: NameOrder) {
    match value {
        AttributeValue::M(entries) => {
            writer.raw(b"{\"M\":");
            ordered_item_to(writer, entries, order);
            writer.raw(b"}");
        }
        AttributeValue::L(elements) => all_to(writer, b"{\"L\":[", elements, |writer, element| {
            ordered_value_to(writer, element, order);
        }),
        other => value_to(writer, other),
    }
}

fn item_to(writer: &mut JsonWriter, item: &Item) {
    writer.raw(b"{");
    for (index, (name, value)) in item.iter().enumerate() {
        separate(writer, index);
        writer.string(name);
        writer.raw(b":");
        value_to(writer, value);
    }
    writer.raw(b"}");
}

fn value_to(writer: &mut JsonWriter, value: &AttributeValue) {
    match value {
        AttributeValue::S(text) => writer.string_value(text),
        // The text may need escapes, because a user can put any text into the SDK's value.
        AttributeValue::N(text) => {
            writer.raw(b"{\"N\":");
            writer.string(text);
            writer.raw(b"}");
        }
        AttributeValue::B(data) => writer.binary_value(data.as_ref()),
        AttributeValue::Bool(value) => writer.bool_value(*value),
        AttributeValue::Null(true) => writer.null_value(),
        AttributeValue::L(elements) => all_to(writer, b"{\"L\":[", elements, value_to),
        AttributeValue::Ss(elements) => {
            all_to(writer, b"{\"SS\":[", elements, |writer, text: &String| {
                writer.string(text)
            })
        }
        AttributeValue::Ns(elements) => {
            all_to(writer, b"{\"NS\":[", elements, |writer, text: &String| {
                writer.string(text)
            })
        }
        AttributeValue::Bs(elements) => all_to(writer, b"{\"BS\":[", elements, |writer, data| {
            writer.binary(data.as_ref());
        }),
        AttributeValue::M(entries) => {
            writer.raw(b"{\"M\":");
            item_to(writer, entries);
            writer.raw(b"}");
        }
        // Meaningless, but the SDK writes it too.
        AttributeValue::Null(false) => writer.raw(b"{\"NULL\":false}"),
        // Only the SDK can make such a value. It is read again as a type that is not known.
        _ => writer.raw(b"{\"UNKNOWN\":true}"),
    }
}

fn all_to<T>(writer: &mut JsonWriter, open: &[u8], all: &[T], write: impl Fn(&mut JsonWriter, &T)) {
    writer.raw_slice(open);
    for (index, one) in all.iter().enumerate() {
        separate(writer, index);
        write(writer, one);
    }
    writer.raw(b"]}");
}

fn separate(writer: &mut JsonWriter, index: usize) {
    if index > 0 {
        writer.raw(b",");
    }
}
