//! The SDK's own inputs as requests: how each is sent, and how the inputs of reads are turned from page to page.

use super::answer::{Answer, Priced};
use super::{Carries, ConsumedCapacity, TableNames};
use crate::value::Item;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::Error as SdkServiceError;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::create_table::{
    CreateTableError, CreateTableInput, CreateTableOutput,
};
use aws_sdk_dynamodb::operation::delete_item::{
    DeleteItemError, DeleteItemInput, DeleteItemOutput,
};
use aws_sdk_dynamodb::operation::delete_table::{
    DeleteTableError, DeleteTableInput, DeleteTableOutput,
};
use aws_sdk_dynamodb::operation::describe_table::{
    DescribeTableError, DescribeTableInput, DescribeTableOutput,
};
use aws_sdk_dynamodb::operation::describe_time_to_live::{
    DescribeTimeToLiveError, DescribeTimeToLiveInput, DescribeTimeToLiveOutput,
};
use aws_sdk_dynamodb::operation::get_item::{GetItemError, GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryError, QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::scan::{ScanError, ScanInput, ScanOutput};
use aws_sdk_dynamodb::operation::update_item::{
    UpdateItemError, UpdateItemInput, UpdateItemOutput,
};
use aws_sdk_dynamodb::operation::update_time_to_live::{
    UpdateTimeToLiveError, UpdateTimeToLiveInput, UpdateTimeToLiveOutput,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use std::collections::HashMap;
use std::error::Error as StdError;
use std::pin::Pin;

/// An input of the SDK that can be sent.
pub(crate) trait Request: Priced + Sized + Send + 'static {
    /// The DynamoDB operation.
    const OPERATION: &'static str;
    /// `true` if the operation changes anything: then a failure of it may be ambiguous.
    const WRITES: bool;
    type Output: Answer;
    type Error: Into<SdkServiceError> + ProvideErrorMetadata + StdError + Send + Sync + 'static;

    /// Gives the model's tables the names that they have in this connection; returns them for spans and errors.
    fn resolve_tables(&mut self, names: &TableNames) -> String;

    fn index(&self) -> Option<&str> {
        None
    }

    /// Sends it, with dkmio's one interceptor on it.
    fn send(self, client: &Client) -> Sent<Self>;
}

/// What an operation does to a table.
#[derive(Clone, Copy)]
pub(super) enum Access {
    Reads,
    Writes,
}

impl Access {
    pub(super) const fn writes(self) -> bool {
        matches!(self, Self::Writes)
    }
}

/// The SDK's future of a request.
pub(crate) type Sent<R> = Pin<
    Box<
        dyn Future<
                Output = Result<
                    <R as Request>::Output,
                    SdkError<<R as Request>::Error, HttpResponse>,
                >,
            > + Send,
    >,
>;

/// Sends an input by the SDK's fluent builder: the one call site.
macro_rules! requests {
    ($($input:ident, $output:ident, $error:ident: $access:ident $operation:literal $method:ident
        [$($setter:ident = $field:ident),* $(,)?] $(index: $index:ident)?;)*) => { $(
        impl Request for $input {
            const OPERATION: &'static str = $operation;
            const WRITES: bool = Access::$access.writes();
            type Output = $output;
            type Error = $error;

            fn resolve_tables(&mut self, names: &TableNames) -> String {
                let name = self.table_name.get_or_insert_default();
                names.rename(name);
                name.clone()
            }

            $(fn index(&self) -> Option<&str> {
                self.$index.as_deref()
            })?

            fn send(self, client: &Client) -> Sent<Self> {
                let request = client.$method()
                    .set_table_name(self.table_name)
                    $(.$setter(self.$field))*;
                Box::pin(request.send())
            }
        }
    )* };
}

requests! {
    GetItemInput, GetItemOutput, GetItemError: Reads "GetItem" get_item [
        set_key = key,
        set_consistent_read = consistent_read,
        set_projection_expression = projection_expression,
        set_expression_attribute_names = expression_attribute_names,
        set_return_consumed_capacity = return_consumed_capacity,
    ];
    PutItemInput, PutItemOutput, PutItemError: Writes "PutItem" put_item [
        set_item = item,
        set_condition_expression = condition_expression,
        set_expression_attribute_names = expression_attribute_names,
        set_expression_attribute_values = expression_attribute_values,
        set_return_values = return_values,
        set_return_values_on_condition_check_failure = return_values_on_condition_check_failure,
        set_return_consumed_capacity = return_consumed_capacity,
    ];
    UpdateItemInput, UpdateItemOutput, UpdateItemError: Writes "UpdateItem" update_item [
        set_key = key,
        set_update_expression = update_expression,
        set_condition_expression = condition_expression,
        set_expression_attribute_names = expression_attribute_names,
        set_expression_attribute_values = expression_attribute_values,
        set_return_values = return_values,
        set_return_values_on_condition_check_failure = return_values_on_condition_check_failure,
        set_return_consumed_capacity = return_consumed_capacity,
    ];
    DeleteItemInput, DeleteItemOutput, DeleteItemError: Writes "DeleteItem" delete_item [
        set_key = key,
        set_condition_expression = condition_expression,
        set_expression_attribute_names = expression_attribute_names,
        set_expression_attribute_values = expression_attribute_values,
        set_return_values = return_values,
        set_return_values_on_condition_check_failure = return_values_on_condition_check_failure,
        set_return_consumed_capacity = return_consumed_capacity,
    ];
    QueryInput, QueryOutput, QueryError: Reads "Query" query [
        set_index_name = index_name,
        set_key_condition_expression = key_condition_expression,
        set_filter_expression = filter_expression,
        set_projection_expression = projection_expression,
        set_expression_attribute_names = expression_attribute_names,
        set_expression_attribute_values = expression_attribute_values,
        set_select = select,
        set_limit = limit,
        set_exclusive_start_key = exclusive_start_key,
        set_scan_index_forward = scan_index_forward,
        set_consistent_read = consistent_read,
        set_return_consumed_capacity = return_consumed_capacity,
    ] index: index_name;
    ScanInput, ScanOutput, ScanError: Reads "Scan" scan [
        set_index_name = index_name,
        set_filter_expression = filter_expression,
        set_projection_expression = projection_expression,
        set_expression_attribute_names = expression_attribute_names,
        set_expression_attribute_values = expression_attribute_values,
        set_select = select,
        set_limit = limit,
        set_exclusive_start_key = exclusive_start_key,
        set_consistent_read = consistent_read,
        set_segment = segment,
        set_total_segments = total_segments,
        set_return_consumed_capacity = return_consumed_capacity,
    ] index: index_name;
    CreateTableInput, CreateTableOutput, CreateTableError: Writes "CreateTable" create_table [
        set_attribute_definitions = attribute_definitions,
        set_key_schema = key_schema,
        set_global_secondary_indexes = global_secondary_indexes,
        set_local_secondary_indexes = local_secondary_indexes,
        set_billing_mode = billing_mode,
        set_provisioned_throughput = provisioned_throughput,
    ];
    DescribeTableInput, DescribeTableOutput, DescribeTableError: Reads "DescribeTable" describe_table [];
    DescribeTimeToLiveInput, DescribeTimeToLiveOutput, DescribeTimeToLiveError:
        Reads "DescribeTimeToLive" describe_time_to_live [];
    DeleteTableInput, DeleteTableOutput, DeleteTableError: Writes "DeleteTable" delete_table [];
    UpdateTimeToLiveInput, UpdateTimeToLiveOutput, UpdateTimeToLiveError: Writes "UpdateTimeToLive" update_time_to_live [
        set_time_to_live_specification = time_to_live_specification,
    ];
}

/// One page as DynamoDB sent it, without its items.
#[derive(Debug, Default)]
pub(crate) struct RawPage {
    pub(crate) last_evaluated_key: Option<Item>,
    pub(crate) count: usize,
    pub(crate) scanned_count: usize,
    pub(crate) consumed_capacity: Option<ConsumedCapacity>,
}

/// An input whose answer comes in pages.
pub(crate) trait PagedRequest: Carries + Clone + 'static {
    fn start_key(&mut self) -> &mut Option<Item>;
    fn limit(&mut self) -> &mut Option<i32>;
    /// Sets the projection, with all names of the request.
    fn select(&mut self, projection: Option<String>, names: Option<HashMap<String, String>>);
    fn page(output: Self::Output) -> RawPage;
}

macro_rules! paged {
    ($($input:ident $output:ident;)*) => { $(
        impl PagedRequest for $input {
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

            fn page(output: $output) -> RawPage {
                RawPage {
                    count: usize::try_from(output.count).unwrap_or_default(),
                    scanned_count: usize::try_from(output.scanned_count).unwrap_or_default(),
                    consumed_capacity: ConsumedCapacity::of(output.consumed()),
                    // An empty key is how some engines say that there is none.
                    last_evaluated_key: output.last_evaluated_key.filter(|key| !key.is_empty()),
                }
            }
        }
    )* };
}
paged! {
    QueryInput QueryOutput;
    ScanInput ScanOutput;
}
