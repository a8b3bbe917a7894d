//! `BatchGetItem`: reads items of several tables by their keys.

use super::alike::spliced;
use super::tables_of_request::resolve_keys;
use super::{Operation, PayloadOperation, Usage};
use crate::codec::wire::{Fault, Reader, read_item};
use crate::error::{Error, ValidationCause};
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::payload::{Payload, TableKeys};
use crate::executor::table_names::TableNames;
use crate::value::Item;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::batch_get_item::builders::BatchGetItemFluentBuilder;
use aws_sdk_dynamodb::operation::batch_get_item::{
    BatchGetItem, BatchGetItemError, BatchGetItemInput, BatchGetItemOutput,
};

impl Operation for BatchGetItemInput {
    const NAME: &'static str = "BatchGetItem";
    const WRITES: bool = false;
    const ITEMS: ItemsIn = ItemsIn::Tables;
    type Output = BatchGetItemOutput;
    type Error = BatchGetItemError;

    fn resolve_tables(&mut self, names: &TableNames) -> String {
        resolve_keys(&mut self.request_items, names, |reads, more| {
            reads.keys.extend(more.keys);
        })
    }

    spliced!(BatchGetItem);

    fn take_items(output: &mut BatchGetItemOutput, sink: &mut impl ItemSink) {
        for (table, items) in output.responses.take().unwrap_or_default() {
            for item in items {
                sink.push(&table, Some(item));
            }
        }
    }

    fn usage(output: &BatchGetItemOutput) -> Usage<'_> {
        Usage::of_tables(&output.consumed_capacity)
    }
}

impl PayloadOperation for BatchGetItemInput {
    fn put_payload(&mut self, payload: &Payload) -> Result<(), Error> {
        let tables = self.request_items.get_or_insert_default();
        if let Payload::Keys(of_tables) = payload {
            for keys in of_tables {
                if let Some(reads) = tables.get_mut(keys.table) {
                    reads.keys = sdk_keys(keys)?;
                }
            }
        }
        Ok(())
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: BatchGetItemInput, client: &Client) -> BatchGetItemFluentBuilder {
    client
        .batch_get_item()
        .set_request_items(input.request_items)
        .set_return_consumed_capacity(input.return_consumed_capacity)
}

fn sdk_keys(keys: &TableKeys) -> Result<Vec<Item>, Error> {
    let invalid = |message: String| Error::invalid(ValidationCause::Options, message);
    let mut list = vec![b'['];
    keys.write(&mut list)
        .ok_or_else(|| invalid("the keys of a batch are not where they were written".to_owned()))?;
    list.push(b']');
    read_keys(&list).map_err(|fault| invalid(fault.to_string()))
}

fn read_keys(json: &[u8]) -> Result<Vec<Item>, Fault> {
    let mut reader = Reader::new(json)?;
    let mut keys = Vec::new();
    let mut elements = reader.array()?;
    while reader.next_element(&mut elements)? {
        keys.push(read_item(&mut reader)?);
    }
    Ok(keys)
}
