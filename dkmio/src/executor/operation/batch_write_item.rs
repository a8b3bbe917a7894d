//! `BatchWriteItem`: puts and deletes items of several tables.

use super::alike::spliced;
use super::tables_of_request::resolve_keys;
use super::{Operation, PayloadOperation, Usage};
use crate::error::{Error, PendingWrite, ValidationCause};
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::payload::Payload;
use crate::executor::table_names::TableNames;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::batch_write_item::builders::BatchWriteItemFluentBuilder;
use aws_sdk_dynamodb::operation::batch_write_item::{
    BatchWriteItem, BatchWriteItemError, BatchWriteItemInput, BatchWriteItemOutput,
};
use aws_sdk_dynamodb::types::{DeleteRequest, PutRequest, WriteRequest};

impl Operation for BatchWriteItemInput {
    const NAME: &'static str = "BatchWriteItem";
    const WRITES: bool = true;
    const ITEMS: ItemsIn = ItemsIn::Nothing;
    type Output = BatchWriteItemOutput;
    type Error = BatchWriteItemError;

    fn resolve_tables(&mut self, names: &TableNames) -> String {
        resolve_keys(&mut self.request_items, names, Vec::extend)
    }

    spliced!(BatchWriteItem);

    fn take_items(_: &mut BatchWriteItemOutput, _: &mut impl ItemSink) {}

    fn usage(output: &BatchWriteItemOutput) -> Usage<'_> {
        Usage::of_tables(&output.consumed_capacity)
    }
}

impl PayloadOperation for BatchWriteItemInput {
    fn put_payload(&mut self, payload: &Payload) -> Result<(), Error> {
        let tables = self.request_items.get_or_insert_default();
        if let Payload::Writes(writes) = payload {
            for write in writes.iter() {
                let requests = tables.entry(write.table.to_owned()).or_default();
                requests.push(sdk_write(write)?);
            }
        }
        Ok(())
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: BatchWriteItemInput, client: &Client) -> BatchWriteItemFluentBuilder {
    client
        .batch_write_item()
        .set_request_items(input.request_items)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_return_item_collection_metrics(input.return_item_collection_metrics)
}

fn sdk_write(write: &PendingWrite) -> Result<WriteRequest, Error> {
    let request = WriteRequest::builder();
    let incomplete = |e: BuildError| Error::invalid(ValidationCause::Options, e.to_string());
    Ok(match &write.item {
        Some(item) => {
            let put = PutRequest::builder().set_item(Some(item.sdk_item()?));
            let put = put.build().map_err(incomplete)?;
            request.put_request(put).build()
        }
        None => {
            let delete = DeleteRequest::builder().set_key(Some(write.key().clone()));
            let delete = delete.build().map_err(incomplete)?;
            request.delete_request(delete).build()
        }
    })
}
