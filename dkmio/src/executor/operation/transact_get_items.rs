//! `TransactGetItems`: reads items of several tables at one point in time.

use super::alike::spliced;
use super::tables_of_request::resolve_members;
use super::{Operation, Usage};
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::table_names::TableNames;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::transact_get_items::builders::TransactGetItemsFluentBuilder;
use aws_sdk_dynamodb::operation::transact_get_items::{
    TransactGetItems, TransactGetItemsError, TransactGetItemsInput, TransactGetItemsOutput,
};
use aws_sdk_dynamodb::types::TransactGetItem;

impl Operation for TransactGetItemsInput {
    const NAME: &'static str = "TransactGetItems";
    const WRITES: bool = false;
    const ITEMS: ItemsIn = ItemsIn::Members;
    type Output = TransactGetItemsOutput;
    type Error = TransactGetItemsError;

    fn resolve_tables(&mut self, names: &TableNames) -> String {
        let members = self.transact_items.as_deref_mut().unwrap_or_default();
        resolve_members(members.iter_mut().filter_map(table), names)
    }

    spliced!(TransactGetItems);

    fn take_items(output: &mut TransactGetItemsOutput, sink: &mut impl ItemSink) {
        for response in output.responses.take().unwrap_or_default() {
            sink.push("", response.item);
        }
    }

    fn usage(output: &TransactGetItemsOutput) -> Usage<'_> {
        Usage::of_tables(&output.consumed_capacity)
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(
    input: TransactGetItemsInput,
    client: &Client,
) -> TransactGetItemsFluentBuilder {
    client
        .transact_get_items()
        .set_transact_items(input.transact_items)
        .set_return_consumed_capacity(input.return_consumed_capacity)
}

fn table(member: &mut TransactGetItem) -> Option<&mut String> {
    Some(&mut member.get.as_mut()?.table_name)
}
