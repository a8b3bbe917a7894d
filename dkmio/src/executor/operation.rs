//! DynamoDB's operations. One file describes one operation: the executor's other files name none.

mod alike;
mod batch_get_item;
mod batch_write_item;
mod delete_item;
#[cfg(test)]
mod every_field;
mod get_item;
mod put_item;
mod query;
mod scan;
mod search_vectors;
mod tables;
mod tables_of_request;
mod transact_get_items;
mod transact_write_items;
mod update_item;

use super::capacity::ConsumedCapacity;
use super::items::{ItemSink, ItemsIn};
use super::payload::Payload;
use super::table_names::TableNames;
use crate::error::Error;
use crate::value::Item;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::Error as SdkServiceError;
use aws_sdk_dynamodb::config::Builder;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::RequestId;
use aws_sdk_dynamodb::types;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::config_bag::FrozenLayer;
use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;

/// An input of the SDK, and everything that dkmio knows about its operation.
pub(crate) trait Operation: fmt::Debug + Sized + Send + Sync + 'static {
    /// DynamoDB's name of the operation.
    const NAME: &'static str;
    /// `true` if the operation changes anything: then an attempt without an answer may have done so.
    const WRITES: bool;
    /// Where the answer has its items.
    const ITEMS: ItemsIn;
    /// `true` if a first attempt can be sent without the SDK's call.
    const GOES_DIRECT: bool = false;
    type Output: RequestId + fmt::Debug + Send + Sync + 'static;
    type Error: Into<SdkServiceError> + ProvideErrorMetadata + StdError + Send + Sync + 'static;

    /// Gives the tables the names that they have in the connection. Returns those names for spans and errors.
    fn resolve_tables(&mut self, names: &TableNames) -> String;

    /// Returns the index that is read.
    fn index(&self) -> Option<&str> {
        None
    }

    /// Asks DynamoDB for the capacity that is used by table and index, unless the input asks for another form of it.
    fn ask_for_capacity(&mut self);

    /// Sends the input, with all its fields.
    ///
    /// The SDK makes no builder of an input, so that the fields are listed; a test in `every_field.rs` fails if one is
    /// missing.
    fn into_sdk_call(self, client: &Client) -> SdkCall<Self>;

    /// Has the SDK send a request of the table, whose body the interceptor puts in: a direct attempt that is handed over.
    fn handed_over(
        _table: &str,
        _client: &Client,
        _config: Option<Builder>,
    ) -> Option<SdkCall<Self>> {
        None
    }

    /// Returns the SDK's serializer and deserializer of the operation, or `None` if no items are spliced.
    fn codec() -> Option<&'static FrozenLayer>;

    /// Moves the items that the SDK has read from the answer to the sink.
    fn take_items(output: &mut Self::Output, sink: &mut impl ItemSink);

    /// Returns what the answer says about capacity and counts.
    fn usage(output: &Self::Output) -> Usage<'_>;
}

/// The SDK's future of one call.
pub(crate) type SdkCall<O> = Pin<
    Box<
        dyn Future<
                Output = Result<
                    <O as Operation>::Output,
                    SdkError<<O as Operation>::Error, HttpResponse>,
                >,
            > + Send,
    >,
>;

/// What an answer says about itself. Made by the operations, read in `send.rs`.
#[derive(Default)]
pub(crate) struct Usage<'a> {
    /// The capacity that was used, for each table.
    pub(super) consumed: &'a [types::ConsumedCapacity],
    /// `Count` and `ScannedCount`.
    pub(super) counts: Option<(usize, usize)>,
    /// The bytes that a search of a vector index is billed.
    pub(super) searched: Option<f64>,
}

impl<'a> Usage<'a> {
    fn of_table(consumed: &'a Option<types::ConsumedCapacity>) -> Self {
        Self {
            consumed: consumed.as_slice(),
            ..Self::default()
        }
    }

    fn of_tables(consumed: &'a Option<Vec<types::ConsumedCapacity>>) -> Self {
        Self {
            consumed: consumed.as_deref().unwrap_or_default(),
            ..Self::default()
        }
    }

    fn of_page(
        consumed: &'a Option<types::ConsumedCapacity>,
        count: i32,
        scanned_count: i32,
    ) -> Self {
        Self {
            consumed: consumed.as_slice(),
            counts: Some((
                usize::try_from(count).unwrap_or_default(),
                usize::try_from(scanned_count).unwrap_or_default(),
            )),
            searched: None,
        }
    }
}

/// An operation whose request can have a [`Payload`].
pub(crate) trait PayloadOperation: Operation {
    /// Puts the payload into the input as SDK values, where it is not spliced.
    fn put_payload(&mut self, payload: &Payload) -> Result<(), Error>;
}

/// An operation whose answer is a page, which the next request continues.
pub(crate) trait PagedOperation: Operation + Clone {
    /// The key after which the page begins (`ExclusiveStartKey`).
    fn start_key(&mut self) -> &mut Option<Item>;

    /// How many items are read at most.
    fn limit(&mut self) -> &mut Option<i32>;

    /// Sets the projection, and the names of all expressions.
    fn select(&mut self, projection: Option<String>, names: Option<HashMap<String, String>>);

    /// Takes `LastEvaluatedKey` out of the answer.
    fn take_last_key(output: &mut Self::Output) -> Option<Item>;

    /// Returns the answer without its items.
    fn page(mut output: Self::Output) -> RawPage {
        // Some engines send an empty key where DynamoDB sends none.
        let last_evaluated_key = Self::take_last_key(&mut output).filter(|key| !key.is_empty());
        let usage = Self::usage(&output);
        let (count, scanned_count) = usage.counts.unwrap_or_default();
        RawPage {
            last_evaluated_key,
            count,
            scanned_count,
            consumed_capacity: ConsumedCapacity::of(usage.consumed),
        }
    }
}

/// The answer of a [`PagedOperation`] without its items. Taken by the pager.
#[derive(Debug, Default)]
pub(crate) struct RawPage {
    pub(crate) last_evaluated_key: Option<Item>,
    pub(crate) count: usize,
    pub(crate) scanned_count: usize,
    pub(crate) consumed_capacity: Option<ConsumedCapacity>,
}

/// Asks for the capacity by table and index, unless another form of it is asked for.
fn ask_for_indexes(asked: &mut Option<types::ReturnConsumedCapacity>) {
    asked.get_or_insert(types::ReturnConsumedCapacity::Indexes);
}

/// Hands over the item of an answer that has at most one.
fn push_item(item: Option<Item>, sink: &mut impl ItemSink) {
    if let Some(item) = item {
        sink.push("", Some(item));
    }
}
