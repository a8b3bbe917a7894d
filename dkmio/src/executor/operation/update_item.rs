//! `UpdateItem`: changes one item.

use super::alike::spliced_in_one_table;
use super::{Operation, Usage, push_item};
use crate::executor::items::{ItemSink, ItemsIn};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::{
    UpdateItem, UpdateItemError, UpdateItemInput, UpdateItemOutput,
};

impl Operation for UpdateItemInput {
    const NAME: &'static str = "UpdateItem";
    const WRITES: bool = true;
    const ITEMS: ItemsIn = ItemsIn::Item("Attributes");
    type Output = UpdateItemOutput;
    type Error = UpdateItemError;

    spliced_in_one_table!(UpdateItem);

    fn take_items(output: &mut UpdateItemOutput, sink: &mut impl ItemSink) {
        push_item(output.attributes.take(), sink);
    }

    fn usage(output: &UpdateItemOutput) -> Usage<'_> {
        Usage::of_table(&output.consumed_capacity)
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: UpdateItemInput, client: &Client) -> UpdateItemFluentBuilder {
    client
        .update_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_attribute_updates(input.attribute_updates)
        .set_expected(input.expected)
        .set_conditional_operator(input.conditional_operator)
        .set_return_values(input.return_values)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_return_item_collection_metrics(input.return_item_collection_metrics)
        .set_update_expression(input.update_expression)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values_on_condition_check_failure(
            input.return_values_on_condition_check_failure,
        )
}
