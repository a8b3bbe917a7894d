//! From the records of the client of DynamoDB Streams to ours.

use super::event::{EventName, StreamViewType, UserIdentity};
use super::image::Image;
use super::record::Record;
use crate::value::{AttributeValue, Item};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodbstreams::types as streams;
use std::collections::HashMap;
use std::time::SystemTime;

impl From<streams::Record> for Record {
    fn from(record: streams::Record) -> Self {
        let change = record.dynamodb;
        let identity = record.user_identity.map(|identity| UserIdentity {
            kind: identity.r#type.unwrap_or_default(),
            principal_id: identity.principal_id.unwrap_or_default(),
        });
        let event = record.event_name.as_ref();
        let mut made = Self {
            event: event.and_then(|name| EventName::of_name(name.as_str())),
            user_identity: identity,
            ..Self::default()
        };
        if let Some(change) = change {
            let view = change.stream_view_type.as_ref();
            made.view_type = view.and_then(|view| StreamViewType::of_name(view.as_str()));
            made.created_at = change
                .approximate_creation_date_time
                .and_then(|time| SystemTime::try_from(time).ok());
            made.sequence_number = change.sequence_number;
            made.keys = change.keys.map(image);
            made.old = change.old_image.map(image);
            made.new = change.new_image.map(image);
        }
        made
    }
}

fn image(item: HashMap<String, streams::AttributeValue>) -> Image {
    self::item(item).map_or(Image::Unknown, Image::Values)
}

/// Converts an item; `None` if it has a value of a type that this version does not know.
fn item(item: HashMap<String, streams::AttributeValue>) -> Option<Item> {
    let attributes = item.into_iter();
    attributes
        .map(|(name, value)| Some((name, self::value(value)?)))
        .collect()
}

/// Converts a value. `serde_dynamo` has this conversion too, and panics at a type that it does not know.
fn value(value: streams::AttributeValue) -> Option<AttributeValue> {
    use streams::AttributeValue as From;
    let blob = |blob: Blob| Blob::new(blob.into_inner());
    Some(match value {
        From::S(text) => AttributeValue::S(text),
        From::N(number) => AttributeValue::N(number),
        From::B(bytes) => AttributeValue::B(blob(bytes)),
        From::Bool(is_true) => AttributeValue::Bool(is_true),
        From::Null(is_null) => AttributeValue::Null(is_null),
        From::L(list) => {
            AttributeValue::L(list.into_iter().map(self::value).collect::<Option<_>>()?)
        }
        From::M(map) => AttributeValue::M(item(map)?),
        From::Ss(set) => AttributeValue::Ss(set),
        From::Ns(set) => AttributeValue::Ns(set),
        From::Bs(set) => AttributeValue::Bs(set.into_iter().map(blob).collect()),
        _ => return None,
    })
}
