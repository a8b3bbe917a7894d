//! `PutItem`: writes one item.

use super::alike::spliced_in_one_table;
use super::{Operation, PayloadOperation, Usage, push_item};
use crate::error::Error;
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::payload::Payload;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder;
use aws_sdk_dynamodb::operation::put_item::{PutItem, PutItemError, PutItemInput, PutItemOutput};

impl Operation for PutItemInput {
    const NAME: &'static str = "PutItem";
    const WRITES: bool = true;
    const ITEMS: ItemsIn = ItemsIn::Item("Attributes");
    type Output = PutItemOutput;
    type Error = PutItemError;

    spliced_in_one_table!(PutItem);

    fn take_items(output: &mut PutItemOutput, sink: &mut impl ItemSink) {
        push_item(output.attributes.take(), sink);
    }

    fn usage(output: &PutItemOutput) -> Usage<'_> {
        Usage::of_table(&output.consumed_capacity)
    }
}

impl PayloadOperation for PutItemInput {
    fn put_payload(&mut self, payload: &Payload) -> Result<(), Error> {
        if let Payload::Item(item) = payload {
            self.item = Some(item.sdk_item()?);
        }
        Ok(())
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: PutItemInput, client: &Client) -> PutItemFluentBuilder {
    client
        .put_item()
        .set_table_name(input.table_name)
        .set_item(input.item)
        .set_expected(input.expected)
        .set_return_values(input.return_values)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_return_item_collection_metrics(input.return_item_collection_metrics)
        .set_conditional_operator(input.conditional_operator)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values_on_condition_check_failure(
            input.return_values_on_condition_check_failure,
        )
}
