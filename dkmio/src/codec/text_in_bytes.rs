//! Refuses to read binary data as text, which would be put back as a string.
//!
//! serde reads flattened fields and tagged enums through a buffer of its own, and that hands binary data to a `String` if it
//! is UTF-8. Whether a `String` takes it from the buffer cannot be seen. So a value that reads, and has such data, is read
//! once more with other data in its place: a `String` refuses that, and a type for binary data takes it too.

use super::de::ValueDeserializer;
use super::error::{CodecError, PathStep};
use crate::value::AttributeValue;
use aws_sdk_dynamodb::primitives::Blob;
use serde::Deserialize;

/// A byte that UTF-8 has nowhere.
const NO_TEXT: u8 = 0xff;

/// `true` if the value has binary data that is UTF-8.
pub(super) fn has_text(value: &AttributeValue) -> bool {
    match value {
        AttributeValue::B(blob) => is_text(blob),
        AttributeValue::L(elements) => elements.iter().any(has_text),
        AttributeValue::M(entries) => entries.values().any(has_text),
        _ => false,
    }
}

fn is_text(blob: &Blob) -> bool {
    std::str::from_utf8(blob.as_ref()).is_ok()
}

/// Refuses a value whose binary data reads as text. The value reads as `T`.
#[cold]
pub(super) fn check<'de, T: Deserialize<'de>>(value: &AttributeValue) -> Result<(), CodecError> {
    let read = |value| T::deserialize(ValueDeserializer::new(value));
    let mut paths = Vec::new();
    let mut changed = value.clone();
    spoil(&mut changed, &mut Vec::new(), &mut |path| {
        paths.push(path.to_vec());
        true
    });
    if read(changed).is_ok() {
        return Ok(());
    }
    // An untagged enum, or a type that looks at its data, may be the cause. And the buffer forgets the path.
    for path in paths {
        let mut changed = value.clone();
        spoil(&mut changed, &mut Vec::new(), &mut |other| *other == *path);
        if let Err(e) = read(changed)
            && e.is_of_bytes_as_text()
        {
            return Err(CodecError::at(&path, IS_TEXT));
        }
    }
    Ok(())
}

const IS_TEXT: &str = "expected a string, found binary data; it is text, but would be put back as a string: use `dkmio::Bytes` or `dkmio::Value`";

/// Changes the binary data that is text, where `at` says so of its path, to data of the same length that is none.
fn spoil(
    value: &mut AttributeValue,
    path: &mut Vec<PathStep>,
    at: &mut impl FnMut(&[PathStep]) -> bool,
) {
    match value {
        AttributeValue::B(blob) if is_text(blob) && at(path) => {
            let mut bytes = std::mem::replace(blob, Blob::new([])).into_inner();
            match bytes.first_mut() {
                Some(first) => *first = NO_TEXT,
                None => bytes.push(NO_TEXT),
            }
            *blob = Blob::new(bytes);
        }
        AttributeValue::L(elements) => {
            for (index, element) in elements.iter_mut().enumerate() {
                path.push(PathStep::Index(index));
                spoil(element, path, at);
                path.pop();
            }
        }
        AttributeValue::M(entries) => {
            for (name, value) in entries {
                path.push(PathStep::Name(name.clone()));
                spoil(value, path, at);
                path.pop();
            }
        }
        _ => {}
    }
}
