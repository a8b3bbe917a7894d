//! Reads the key of an item back: from its attributes, or from the text that they are made of.

use super::{KeySource, Table};
use crate::codec::{CodecError, decode_item};
use crate::value::{AttributeValue, Item, Scalar};

/// Reads the key of an item of `M` from the attributes of the table's key.
///
/// `whole` is the item, if it is there: a member of which the key holds only a part is taken from it.
pub(crate) fn read_key_of<M: Table>(
    key: &Item,
    whole: impl FnOnce() -> Result<Option<Item>, CodecError>,
) -> Result<M::Key, CodecError> {
    let Some(entity) = M::SCHEMA.entity() else {
        return decode_item(key.clone());
    };
    let mut members = Item::with_capacity(entity.key_members);
    for (element, source) in M::SCHEMA.keys().iter().zip(entity.key_sources()) {
        let value = key.get(element.name()).ok_or_else(|| {
            CodecError::new("the key attribute is missing").within_name(element.name())
        })?;
        match source {
            KeySource::Field(_) => {
                members.insert(element.name().to_owned(), value.clone());
            }
            KeySource::Template(template) => {
                let text = value.as_s().ok();
                let read = text.and_then(|text| template.read(text)).ok_or_else(|| {
                    let text = template.text;
                    CodecError::new(format!("it is no text of the template `{text}`"))
                        .within_name(element.name())
                })?;
                for (index, value) in read {
                    if let Some(member) = entity.members.get(index) {
                        members.insert(member.attribute.to_owned(), attribute(value));
                    }
                }
            }
        }
    }
    let needed = entity.members.get(..entity.key_members).unwrap_or_default();
    let mut missing = needed
        .iter()
        .filter(|member| !members.contains_key(member.attribute))
        .peekable();
    if missing.peek().is_some() {
        let missing: Vec<_> = missing.collect();
        let mut whole = whole()?.unwrap_or_default();
        for member in missing {
            let value = whole.remove(member.attribute).ok_or_else(|| {
                CodecError::new(
                    "the key holds only a part of it, and the record has no image to take it from",
                )
                .within_name(member.attribute)
            })?;
            members.insert(member.attribute.to_owned(), value);
        }
    }
    decode_item(members)
}

fn attribute(value: Scalar<'_>) -> AttributeValue {
    match value {
        Scalar::S(text) => AttributeValue::S(text.into_owned()),
        Scalar::N(number) => AttributeValue::N(number.into_owned()),
        Scalar::B(bytes) => AttributeValue::B(bytes.into_owned().into()),
    }
}
