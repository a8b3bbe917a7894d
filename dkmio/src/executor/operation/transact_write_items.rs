//! `TransactWriteItems`: writes items of several tables, all or none.

use super::alike::spliced;
use super::tables_of_request::resolve_members;
use super::{Operation, PayloadOperation, Usage};
use crate::error::Error;
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::payload::{Payload, PutRun};
use crate::executor::table_names::TableNames;
use crate::value::EncodedItem;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsFluentBuilder;
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItems, TransactWriteItemsError, TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::types::TransactWriteItem;

impl Operation for TransactWriteItemsInput {
    const NAME: &'static str = "TransactWriteItems";
    const WRITES: bool = true;
    const ITEMS: ItemsIn = ItemsIn::Nothing;
    type Output = TransactWriteItemsOutput;
    type Error = TransactWriteItemsError;

    fn resolve_tables(&mut self, names: &TableNames) -> String {
        let members = self.transact_items.as_deref_mut().unwrap_or_default();
        resolve_members(members.iter_mut().filter_map(table), names)
    }

    spliced!(TransactWriteItems);

    fn take_items(_: &mut TransactWriteItemsOutput, _: &mut impl ItemSink) {}

    fn usage(output: &TransactWriteItemsOutput) -> Usage<'_> {
        Usage::of_tables(&output.consumed_capacity)
    }
}

impl PayloadOperation for TransactWriteItemsInput {
    fn put_payload(&mut self, payload: &Payload) -> Result<(), Error> {
        let members = self.transact_items.get_or_insert_default();
        match payload {
            Payload::Puts(items, runs) => put_items(members, items, runs),
            _ => Ok(()),
        }
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(
    input: TransactWriteItemsInput,
    client: &Client,
) -> TransactWriteItemsFluentBuilder {
    client
        .transact_write_items()
        .set_transact_items(input.transact_items)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_return_item_collection_metrics(input.return_item_collection_metrics)
        .set_client_request_token(input.client_request_token)
}

/// Returns the table of a member, which is one of four kinds.
fn table(member: &mut TransactWriteItem) -> Option<&mut String> {
    let TransactWriteItem {
        condition_check,
        put,
        delete,
        update,
        ..
    } = member;
    let check = condition_check.as_mut().map(|m| &mut m.table_name);
    let put = put.as_mut().map(|m| &mut m.table_name);
    let delete = delete.as_mut().map(|m| &mut m.table_name);
    let update = update.as_mut().map(|m| &mut m.table_name);
    check.or(put).or(delete).or(update)
}

/// Puts the items into the puts among the members, and repeats the put of a run for each of its items.
fn put_items(
    members: &mut Vec<TransactWriteItem>,
    items: &[EncodedItem],
    runs: &[PutRun],
) -> Result<(), Error> {
    let mut items = items.iter();
    let mut runs = runs.iter();
    for member in std::mem::take(members) {
        let Some(put) = &member.put else {
            members.push(member);
            continue;
        };
        let count = runs.next().map_or(1, |run| run.count);
        for item in items.by_ref().take(count) {
            let mut put = put.clone();
            put.item = item.sdk_item()?;
            members.push(TransactWriteItem::builder().put(put).build());
        }
    }
    Ok(())
}
