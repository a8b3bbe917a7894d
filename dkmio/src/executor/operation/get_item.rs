//! `GetItem`: reads one item.

use super::tables_of_request::resolve_table;
use super::{Operation, SdkCall, Usage, ask_for_indexes, push_item};
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::table_names::TableNames;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use aws_sdk_dynamodb::operation::get_item::{GetItem, GetItemError, GetItemInput, GetItemOutput};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::config_bag::FrozenLayer;
use std::sync::OnceLock;

impl Operation for GetItemInput {
    const NAME: &'static str = "GetItem";
    const WRITES: bool = false;
    const ITEMS: ItemsIn = ItemsIn::Item("Item");
    type Output = GetItemOutput;
    type Error = GetItemError;

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
        CODEC.get_or_init(|| GetItem::new().config()).as_ref()
    }

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
