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
        // `Null(false)`, which the SDK hands on too. Values of unknown types come from no type of ours.
        _ => output.raw(b"{\"NULL\":false}"),
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
