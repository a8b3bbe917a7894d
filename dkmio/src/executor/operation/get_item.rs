//! `GetItem`: reads one item.

use super::alike::spliced_in_one_table;
use super::{Operation, Usage, push_item};
use crate::executor::items::{ItemSink, ItemsIn};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use aws_sdk_dynamodb::operation::get_item::{GetItem, GetItemError, GetItemInput, GetItemOutput};

impl Operation for GetItemInput {
    const NAME: &'static str = "GetItem";
    const WRITES: bool = false;
    const ITEMS: ItemsIn = ItemsIn::Item("Item");
    type Output = GetItemOutput;
    type Error = GetItemError;

    spliced_in_one_table!(GetItem);

    fn take_items(output: &mut GetItemOutput, sink: &mut impl ItemSink) {
        push_item(output.item.take(), sink);
    }

    fn usage(output: &GetItemOutput) -> Usage<'_> {
        Usage::of_table(&output.consumed_capacity)
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: GetItemInput, client: &Client) -> GetItemFluentBuilder {
    client
        .get_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_attributes_to_get(input.attributes_to_get)
        .set_consistent_read(input.consistent_read)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_projection_expression(input.projection_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
}
