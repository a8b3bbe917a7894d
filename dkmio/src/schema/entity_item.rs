//! Completes the item of an entity: adds the keys that are made of its fields, and its kind.

use super::key_limits::{check_scalar, limit, limits};
use super::made_attributes::{hides_keys, is_made_of_fields};
use super::{EntitySchema, KeyElement, KeyFault, KeySchema, KeySource, Stamps, Table, Template};
use crate::codec::CodecError;
use crate::codec::wire::KeyWriter;
use crate::error::{Error, InvalidKey};
use crate::value::{AttributeValue, EncodedItem, Scalar};
use std::borrow::Cow;
use std::ops::Range;

/// Adds to an entity's encoded fields the attributes of its keys, and its kind.
pub(super) fn complete<M: Table>(
    item: &M,
    mut encoded: EncodedItem,
    entity: &'static EntitySchema,
    stamps: &Stamps,
) -> Result<EncodedItem, KeyFault> {
    let schema = &M::SCHEMA;
    if hides_keys::<M>() {
        check_names::<M>(&encoded)?;
    }
    let mut members = Vec::with_capacity(entity.members.len());
    item.encode_members(&mut members)?;
    stamps.replace::<M>(&mut members)?;
    let mut writing = Writing::new();
    if !writing.keys(schema.keys(), entity.key_sources(), &members)? {
        return Err(KeyFault::from(InvalidKey::new(format!(
            "a member of the key of `{}` is absent",
            schema.name()
        ))));
    }
    let own = writing.ranges.len();
    for index in schema.indexes() {
        writing.keys(index.keys(), index.sources(), &members)?;
    }
    if let Some(kind) = entity.kind
        && let Some(attribute) = kind.attribute
    {
        writing.text(attribute, kind.name);
    }
    writing.to.close();
    encoded.append(
        &writing.to.into_bytes(),
        &writing.ranges[..own],
        writing.size,
    );
    Ok(encoded)
}

/// Refuses an item whose flattened map has an attribute that the keys or the kind are written to.
fn check_names<M: Table>(item: &EncodedItem) -> Result<(), KeyFault> {
    let taken = item.pick(is_made_of_fields::<M>, 1)?;
    match taken.into_keys().next() {
        Some(name) => {
            let error =
                CodecError::new("the name is that of a key or of the kind, which dkmio writes");
            Err(KeyFault::Encode(error.within_name(&name)))
        }
        None => Ok(()),
    }
}

/// Key attributes that are being written in DynamoDB JSON.
struct Writing {
    to: KeyWriter,
    written: Vec<&'static str>,
    /// The ranges of the values, in the order of `written`.
    ranges: Vec<Range<usize>>,
    /// The size as DynamoDB counts it.
    size: usize,
}

impl Writing {
    fn new() -> Self {
        let mut to = KeyWriter::new();
        to.reserve(256);
        Self {
            to,
            written: Vec::with_capacity(8),
            ranges: Vec::with_capacity(8),
            size: 0,
        }
    }

    /// Writes the attributes of a key, unless a member of it is absent: half a key is never written. Returns whether they
    /// are written.
    fn keys<'s>(
        &mut self,
        keys: &KeySchema,
        sources: impl IntoIterator<Item = &'s KeySource>,
        members: &[AttributeValue],
    ) -> Result<bool, KeyFault> {
        let mut texts: Vec<(&'static KeyElement, String)> = Vec::with_capacity(keys.count());
        for ((element, limit), source) in limits(keys).zip(sources) {
            match source {
                KeySource::Field(member) if is_absent(members.get(*member)) => return Ok(false),
                KeySource::Field(_) => {}
                KeySource::Template(_) if self.written.contains(&element.name()) => {}
                KeySource::Template(template) => {
                    let Some(text) = render(template, element, limit, members)? else {
                        return Ok(false);
                    };
                    texts.push((element, text));
                }
            }
        }
        for (element, text) in texts {
            self.text(element.name(), &text);
        }
        Ok(true)
    }

    fn text(&mut self, name: &'static str, text: &str) {
        let value = Scalar::S(Cow::Borrowed(text));
        let range = self.to.attribute(self.written.len(), name, &value);
        self.written.push(name);
        self.ranges.push(range);
        self.size += name.len() + text.len();
    }
}

/// Returns the text of a key attribute, checked against DynamoDB's limits; `None` if a member is absent.
pub(super) fn render(
    template: &Template,
    element: &KeyElement,
    limit: usize,
    members: &[AttributeValue],
) -> Result<Option<String>, KeyFault> {
    let Some(text) = template.write(element.name(), members)? else {
        return Ok(None);
    };
    let value = Scalar::S(Cow::Borrowed(&text));
    check_scalar(element.name(), Some(&value), limit)?;
    Ok(Some(text))
}

/// Returns the text of a key's attribute that a template makes, checked against DynamoDB's limits; `None` if a member is
/// absent.
pub(crate) fn render_source(
    keys: &KeySchema,
    place: usize,
    source: &KeySource,
    members: &[AttributeValue],
) -> Result<Option<String>, Error> {
    match (source, limit(keys, place)) {
        (KeySource::Template(template), Some((element, limit))) => {
            render(template, element, limit, members).map_err(KeyFault::into_error)
        }
        _ => Ok(None),
    }
}

pub(super) fn is_absent(value: Option<&AttributeValue>) -> bool {
    matches!(value, None | Some(AttributeValue::Null(_)))
}
