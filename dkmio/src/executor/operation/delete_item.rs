//! `DeleteItem`: deletes one item.

use super::tables_of_request::resolve_table;
use super::{Operation, SdkCall, Usage, ask_for_indexes, push_item};
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::table_names::TableNames;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::delete_item::builders::DeleteItemFluentBuilder;
use aws_sdk_dynamodb::operation::delete_item::{
    DeleteItem, DeleteItemError, DeleteItemInput, DeleteItemOutput,
};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::config_bag::FrozenLayer;
use std::sync::OnceLock;

impl Operation for DeleteItemInput {
    const NAME: &'static str = "DeleteItem";
    const WRITES: bool = true;
    const ITEMS: ItemsIn = ItemsIn::Item("Attributes");
    type Output = DeleteItemOutput;
    type Error = DeleteItemError;

    fn resolve_tables(&mut self, names: &TableNames) -> String {
        resolve_table(&mut self.table_name, names)
    }

    fn ask_for_capacity(&mut self) {
        ask_for_indexes(&mut self.return_consumed_capacity);
    }

    fn into_sdk_call(self, client: &Client) -> SdkCall<Self> {
        Box::pin(fluent(self, client).send())
    }

    fn codec() -> Option<&'static FrozenLayer> {
        static CODEC: OnceLock<Option<FrozenLayer>> = OnceLock::new();
        CODEC.get_or_init(|| DeleteItem::new().config()).as_ref()
    }

    fn take_items(output: &mut DeleteItemOutput, sink: &mut impl ItemSink) {
        push_item(output.attributes.take(), sink);
    }

    fn usage(output: &DeleteItemOutput) -> Usage<'_> {
        Usage::of_table(&output.consumed_capacity)
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: DeleteItemInput, client: &Client) -> DeleteItemFluentBuilder {
    client
        .delete_item()
        .set_table_name(input.table_name)
        .set_key(input.key)
        .set_expected(input.expected)
        .set_conditional_operator(input.conditional_operator)
        .set_return_values(input.return_values)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_return_item_collection_metrics(input.return_item_collection_metrics)
        .set_condition_expression(input.condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_return_values_on_condition_check_failure(
            input.return_values_on_condition_check_failure,
        )
}
