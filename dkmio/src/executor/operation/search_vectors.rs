//! `SearchVectors`: finds the items of a vector index whose vectors are nearest to one.

use super::alike::spliced_in_one_table;
use super::{Operation, PayloadOperation, Usage};
use crate::error::Error;
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::payload::Payload;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::search_vectors::builders::SearchVectorsFluentBuilder;
use aws_sdk_dynamodb::operation::search_vectors::{
    SearchVectors, SearchVectorsError, SearchVectorsInput, SearchVectorsOutput,
};

impl Operation for SearchVectorsInput {
    const NAME: &'static str = "SearchVectors";
    const WRITES: bool = false;
    const ITEMS: ItemsIn = ItemsIn::Scored("SearchResults");
    type Output = SearchVectorsOutput;
    type Error = SearchVectorsError;

    fn index(&self) -> Option<&str> {
        self.index_name.as_deref()
    }

    spliced_in_one_table!(SearchVectors);

    fn take_items(output: &mut SearchVectorsOutput, sink: &mut impl ItemSink) {
        for found in output.search_results.take().unwrap_or_default() {
            sink.push("", found.item);
            sink.score(found.score);
        }
    }

    fn usage(output: &SearchVectorsOutput) -> Usage<'_> {
        Usage {
            searched: output
                .consumed_capacity()
                .and_then(|capacity| capacity.vector_search_request_bytes()),
            ..Usage::default()
        }
    }
}

impl PayloadOperation for SearchVectorsInput {
    fn put_payload(&mut self, payload: &Payload) -> Result<(), Error> {
        if let Payload::Vector(vector) = payload {
            self.search_vector = Some(vector.sdk_numbers()?);
        }
        Ok(())
    }
}

/// Moves all fields of the input.
pub(super) fn fluent(input: SearchVectorsInput, client: &Client) -> SearchVectorsFluentBuilder {
    client
        .search_vectors()
        .set_table_name(input.table_name)
        .set_index_name(input.index_name)
        .set_return_consumed_capacity(input.return_consumed_capacity)
        .set_expression_attribute_names(input.expression_attribute_names)
        .set_expression_attribute_values(input.expression_attribute_values)
        .set_projection_expression(input.projection_expression)
        .set_search_vector(input.search_vector)
        .set_search_condition_expression(input.search_condition_expression)
        .set_top_k(input.top_k)
}
