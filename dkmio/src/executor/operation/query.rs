//! `Query`: reads a page of the items that have one partition key.

use super::alike::paged;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::query::{Query, QueryError, QueryInput, QueryOutput};

paged! { Query: QueryInput -> Result<QueryOutput, QueryError> }

/// Moves all fields of the input.
pub(super) fn fluent(input: QueryInput, client: &Client) -> QueryFluentBuilder {
    client
        .query()
        .set_table_name(input.table_name)
        .set_index_name(input.index_name)
        .set_select(input.select)
        .set_attributes_to_get(input.attributes_to_get)
        .set_limit(input.limit)
        .set_consistent_read(input.consistent_read)
        .set_key_conditions(input.key_conditions)
        .set_query_filter(input.query_filter)
        .set_conditional_operator(input.conditional_operator)
        .set_scan_index_forward(input.scan_index_forward)
        .set_exclusive_start_key(input.exclusive_start_key)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_projection_expression(input.projection_expression)
        .set_filter_expression(input.filter_expression)
        .set_key_condition_expression(input.key_condition_expression)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
}
