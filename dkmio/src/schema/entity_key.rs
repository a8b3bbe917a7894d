//! Makes the keys of an entity from the members that a user gives.

use super::entity_item::render;
use super::key_limits::limits;
use super::{EncodeKey, KeyFault, KeyOutput, KeySchema, KeySource, TableSchema};
use crate::error::InvalidKey;
use crate::value::{AttributeValue, KeyKind};

/// Encodes a table's key: hands the values of its attributes to `to`, whether they are fields or made of them. Returns the
/// members of an entity's key.
pub(super) fn encode_table_key<K>(
    schema: &TableSchema,
    key: K,
    encode: EncodeKey<K>,
    to: &mut dyn KeyOutput,
) -> Result<Vec<AttributeValue>, KeyFault> {
    let Some(entity) = schema.entity() else {
        encode(key, to)?;
        return Ok(Vec::new());
    };
    let mut given = Given::default();
    encode(key, &mut given)?;
    let Given {
        members,
        attributes,
    } = given;
    for attribute in attributes {
        to.value(attribute);
    }
    if !members.is_empty() || entity.key_members == 0 {
        render_key(schema.keys(), entity.key_sources(), &members, to)?;
    }
    Ok(members)
}

/// Hands the values of a key's attributes that are made of these sources to `to`. All members must be there.
pub(super) fn render_key<'s>(
    keys: &KeySchema,
    sources: impl IntoIterator<Item = &'s KeySource>,
    members: &[AttributeValue],
    to: &mut dyn KeyOutput,
) -> Result<(), KeyFault> {
    for ((element, limit), source) in limits(keys).zip(sources) {
        match source {
            KeySource::Field(member) => {
                let value = members.get(*member).cloned();
                to.value(value.unwrap_or(AttributeValue::Null(true)));
            }
            KeySource::Template(template) => {
                debug_assert_eq!(element.kind(), KeyKind::S);
                match render(template, element, limit, members)? {
                    Some(text) => to.text(&text),
                    None => {
                        return Err(KeyFault::from(InvalidKey::new(format!(
                            "a member of the key attribute `{}` is absent",
                            element.name()
                        ))));
                    }
                }
            }
        }
    }
    Ok(())
}

/// What a user gives for a key: the members of its templates, or its attributes as they were read.
#[derive(Default)]
struct Given {
    members: Vec<AttributeValue>,
    attributes: Vec<AttributeValue>,
}

impl KeyOutput for Given {
    fn text(&mut self, text: &str) {
        self.members.push(AttributeValue::S(text.to_owned()));
    }

    fn value(&mut self, value: AttributeValue) {
        self.members.push(value);
    }

    fn attribute(&mut self, value: AttributeValue) {
        self.attributes.push(value);
    }
}
