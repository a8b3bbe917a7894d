//! `Scan`: reads a page of all items.

use super::tables_of_request::resolve_table;
use super::{Operation, PagedOperation, SdkCall, Usage, ask_for_indexes, push_items};
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::table_names::TableNames;
use crate::value::Item;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::scan::builders::ScanFluentBuilder;
use aws_sdk_dynamodb::operation::scan::{Scan, ScanError, ScanInput, ScanOutput};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::config_bag::FrozenLayer;
use std::collections::HashMap;
use std::sync::OnceLock;

impl Operation for ScanInput {
    const NAME: &'static str = "Scan";
    const WRITES: bool = false;
    const ITEMS: ItemsIn = ItemsIn::Items("Items");
    type Output = ScanOutput;
    type Error = ScanError;

    fn resolve_tables(&mut self, names: &TableNames) -> String {
        resolve_table(&mut self.table_name, names)
    }

    fn index(&self) -> Option<&str> {
        self.index_name.as_deref()
    }

    fn ask_for_capacity(&mut self) {
        ask_for_indexes(&mut self.return_consumed_capacity);
    }

    fn into_sdk_call(self, client: &Client) -> SdkCall<Self> {
        Box::pin(fluent(self, client).send())
    }

    fn codec() -> Option<&'static FrozenLayer> {
        static CODEC: OnceLock<Option<FrozenLayer>> = OnceLock::new();
        CODEC.get_or_init(|| Scan::new().config()).as_ref()
    }

    fn take_items(output: &mut ScanOutput, sink: &mut impl ItemSink) {
        push_items(output.items.take(), sink);
    }

    fn usage(output: &ScanOutput) -> Usage<'_> {
        Usage::of_page(
            &output.consumed_capacity,
            output.count,
            output.scanned_count,
        )
    }
}

impl PagedOperation for ScanInput {
    fn start_key(&mut self) -> &mut Option<Item> {
        &mut self.exclusive_start_key
    }

    fn limit(&mut self) -> &mut Option<i32> {
        &mut self.limit
    }

    fn select(&mut self, projection: Option<String>, names: Option<HashMap<String, String>>) {
        self.projection_expression = projection;
        self.expression_attribute_names = names;
    }

    fn take_last_key(output: &mut ScanOutput) -> Option<Item> {
        output.last_evaluated_key.take()
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: ScanInput, client: &Client) -> ScanFluentBuilder {
    client
        .scan()
        .set_table_name(input.table_name)
        .set_index_name(input.index_name)
        .set_attributes_to_get(input.attributes_to_get)
        .set_limit(input.limit)
        .set_select(input.select)
        .set_scan_filter(input.scan_filter)
        .set_conditional_operator(input.conditional_operator)
        .set_exclusive_start_key(input.exclusive_start_key)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_total_segments(input.total_segments)
        .set_segment(input.segment)
        .set_projection_expression(input.projection_expression)
        .set_filter_expression(input.filter_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_consistent_read(input.consistent_read)
}
