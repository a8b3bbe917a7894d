//! From the events of `aws_lambda_events` to records, and from a batch's response to its.

use super::batch_response::BatchResponse;
use super::event::{EventName, StreamViewType, UserIdentity};
use super::image::Image;
use super::record::Record;
use super::records::Records;
use crate::value::Item;
use aws_lambda_events::dynamodb::{self as lambda, Event, EventRecord};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use std::time::{Duration, SystemTime};

impl From<EventRecord> for Record {
    fn from(record: EventRecord) -> Self {
        let change = record.change;
        let time = change.approximate_creation_date_time;
        // A record without a time has the beginning of 1970.
        let seconds = u64::try_from(time.timestamp()).ok().filter(|s| *s > 0);
        let created_at = seconds.and_then(|seconds| {
            let time = Duration::new(seconds, time.timestamp_subsec_nanos());
            SystemTime::UNIX_EPOCH.checked_add(time)
        });
        Self {
            event: EventName::of_name(&record.event_name),
            sequence_number: change.sequence_number,
            view_type: change.stream_view_type.as_ref().and_then(view_type),
            created_at,
            user_identity: record.user_identity.map(|identity| UserIdentity {
                kind: identity.type_,
                principal_id: identity.principal_id,
            }),
            source_arn: record.event_source_arn,
            table_name: record.table_name,
            keys: image(change.keys),
            old: image(change.old_image),
            new: image(change.new_image),
        }
    }
}

impl From<Event> for Records {
    fn from(event: Event) -> Self {
        event.records.into()
    }
}

impl From<BatchResponse> for DynamoDbEventResponse {
    fn from(response: BatchResponse) -> Self {
        let mut made = Self::default();
        if let Some(sequence_number) = response.failed_at() {
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = Some(sequence_number.to_owned());
            made.batch_item_failures.push(failure);
        }
        made
    }
}

fn view_type(view: &lambda::StreamViewType) -> Option<StreamViewType> {
    StreamViewType::of_name(&view.to_string())
}

/// Converts an item; `None` if it has no attributes, which is how the event says that there is none.
fn image(item: serde_dynamo::Item) -> Option<Image> {
    let item = Item::from(item);
    (!item.is_empty()).then_some(Image::Values(item))
}
