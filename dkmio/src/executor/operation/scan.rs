//! `Scan`: reads a page of all items.

use super::alike::paged;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::scan::builders::ScanFluentBuilder;
use aws_sdk_dynamodb::operation::scan::{Scan, ScanError, ScanInput, ScanOutput};

paged! { Scan: ScanInput -> Result<ScanOutput, ScanError> }

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
