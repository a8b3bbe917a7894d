//! The SDK's types to DynamoDB JSON, as the SDK writes them.

use super::output::Output;
use crate::value::{AttributeValue, Item};

/// What is written here is a key most often.
const ROOM: usize = 128;

/// Writes an item behind what the buffer holds.
pub(crate) fn write_item(item: &Item, out: &mut Vec<u8>) {
    let mut output = Output::new(std::mem::take(out), ROOM);
    item_to(&mut output, item);
    *out = output.into_parts().0;
}

/// Writes an item, in each of whose maps the names are in this order. serde reads some types in one order only, and DynamoDB
/// answers in any.
pub(in crate::codec) fn write_item_in_order(item: &Item, order: NameOrder) -> Vec<u8> {
    let mut output = Output::new(Vec::new(), ROOM);
    ordered_item_to(&mut output, item, order);
    output.into_parts().0
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::codec) enum NameOrder {
    Ascending,
    Descending,
}

fn ordered_item_to(output: &mut Output, item: &Item, order: NameOrder) {
    let mut entries: Vec<_> = item.iter().collect();
    entries.sort_by_key(|(name, _)| *name);
    if order == NameOrder::Descending {
        entries.reverse();
    }
    output.raw(b"{");
    for (index, (name, value)) in entries.into_iter().enumerate() {
        separate(output, index);
        output.string(name);
        output.raw(b":");
        ordered_value_to(output, value, order);
    }
    output.raw(b"}");
}

fn ordered_value_to(output: &mut Output, value: &AttributeValue, order: NameOrder) {
    match value {
        AttributeValue::M(entries) => {
            output.raw(b"{\"M\":");
            ordered_item_to(output, entries, order);
            output.raw(b"}");
        }
        AttributeValue::L(elements) => all_to(output, b"{\"L\":[", elements, |output, element| {
            ordered_value_to(output, element, order);
        }),
        other => value_to(output, other),
    }
}

fn item_to(output: &mut Output, item: &Item) {
    output.raw(b"{");
    for (index, (name, value)) in item.iter().enumerate() {
        separate(output, index);
        output.string(name);
        output.raw(b":");
        value_to(output, value);
    }
    output.raw(b"}");
}

fn value_to(output: &mut Output, value: &AttributeValue) {
    match value {
        AttributeValue::S(text) => output.string_value(text),
        // Its text is not always a number: the SDK lets through what users put there.
        AttributeValue::N(text) => {
            output.raw(b"{\"N\":");
            output.string(text);
            output.raw(b"}");
        }
        AttributeValue::B(data) => output.binary_value(data.as_ref()),
        AttributeValue::Bool(value) => output.bool_value(*value),
        AttributeValue::Null(true) => output.null_value(),
        AttributeValue::L(elements) => all_to(output, b"{\"L\":[", elements, value_to),
        AttributeValue::Ss(elements) => {
            all_to(output, b"{\"SS\":[", elements, |output, text: &String| {
                output.string(text)
            })
        }
        AttributeValue::Ns(elements) => {
            all_to(output, b"{\"NS\":[", elements, |output, text: &String| {
                output.string(text)
            })
        }
        AttributeValue::Bs(elements) => all_to(output, b"{\"BS\":[", elements, |output, data| {
            output.binary(data.as_ref());
        }),
        AttributeValue::M(entries) => {
            output.raw(b"{\"M\":");
            item_to(output, entries);
            output.raw(b"}");
        }
        // The SDK hands it on too.
        AttributeValue::Null(false) => output.raw(b"{\"NULL\":false}"),
        // Of an answer that the SDK has read; no type of ours makes it. It reads as a type that nobody knows.
        _ => output.raw(b"{\"UNKNOWN\":true}"),
    }
}

fn all_to<T>(output: &mut Output, open: &[u8], all: &[T], write: impl Fn(&mut Output, &T)) {
    output.raw_slice(open);
    for (index, one) in all.iter().enumerate() {
        separate(output, index);
        write(output, one);
    }
    output.raw(b"]}");
}

fn separate(output: &mut Output, index: usize) {
    if index > 0 {
        output.raw(b",");
    }
}
