//! `CreateTable`, `DeleteTable`, `DescribeTable`, `DescribeTimeToLive` and `UpdateTimeToLive`: they read and write no
//! items, and use no capacity.

use super::tables_of_request::resolve_table;
use super::{Operation, SdkCall, Usage};
use crate::executor::items::{ItemSink, ItemsIn};
use crate::executor::table_names::TableNames;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder;
use aws_sdk_dynamodb::operation::create_table::{
    CreateTableError, CreateTableInput, CreateTableOutput,
};
use aws_sdk_dynamodb::operation::delete_table::builders::DeleteTableFluentBuilder;
use aws_sdk_dynamodb::operation::delete_table::{
    DeleteTableError, DeleteTableInput, DeleteTableOutput,
};
use aws_sdk_dynamodb::operation::describe_table::builders::DescribeTableFluentBuilder;
use aws_sdk_dynamodb::operation::describe_table::{
    DescribeTableError, DescribeTableInput, DescribeTableOutput,
};
use aws_sdk_dynamodb::operation::describe_time_to_live::builders::DescribeTimeToLiveFluentBuilder;
use aws_sdk_dynamodb::operation::describe_time_to_live::{
    DescribeTimeToLiveError, DescribeTimeToLiveInput, DescribeTimeToLiveOutput,
};
use aws_sdk_dynamodb::operation::update_time_to_live::builders::UpdateTimeToLiveFluentBuilder;
use aws_sdk_dynamodb::operation::update_time_to_live::{
    UpdateTimeToLiveError, UpdateTimeToLiveInput, UpdateTimeToLiveOutput,
};
use aws_smithy_types::config_bag::FrozenLayer;

/// Implements [`Operation`], and makes a function that moves all `fields` of the input to the SDK's builder.
macro_rules! operation {
    ($name:literal, WRITES = $writes:literal, $input:ident -> Result<$output:ident, $error:ident>,
        $fluent:ident = $method:ident() -> $builder:ident { $($setter:ident($field:ident))* }) => {
        impl Operation for $input {
            const NAME: &'static str = $name;
            const WRITES: bool = $writes;
            const ITEMS: ItemsIn = ItemsIn::Nothing;
            type Output = $output;
            type Error = $error;

            fn resolve_tables(&mut self, names: &TableNames) -> String {
                resolve_table(&mut self.table_name, names)
            }

            fn ask_for_capacity(&mut self) {}

            fn into_sdk_call(self, client: &Client) -> SdkCall<Self> {
                Box::pin($fluent(self, client).send())
            }

            fn codec() -> Option<&'static FrozenLayer> {
                None
            }

            fn take_items(_: &mut $output, _: &mut impl ItemSink) {}

            fn usage(_: &$output) -> Usage<'_> {
                Usage::default()
            }
        }

        pub(super) fn $fluent(input: $input, client: &Client) -> $builder {
            client.$method()$(.$setter(input.$field))*
        }
    };
}

operation! {
    "CreateTable", WRITES = true, CreateTableInput -> Result<CreateTableOutput, CreateTableError>,
    fluent_create_table = create_table() -> CreateTableFluentBuilder {
        set_attribute_definitions(attribute_definitions)
        set_table_name(table_name)
        set_key_schema(key_schema)
        set_local_secondary_indexes(local_secondary_indexes)
        set_global_secondary_indexes(global_secondary_indexes)
        set_billing_mode(billing_mode)
        set_provisioned_throughput(provisioned_throughput)
        set_stream_specification(stream_specification)
        set_sse_specification(sse_specification)
        set_tags(tags)
        set_table_class(table_class)
        set_deletion_protection_enabled(deletion_protection_enabled)
        set_warm_throughput(warm_throughput)
        set_resource_policy(resource_policy)
        set_on_demand_throughput(on_demand_throughput)
        set_global_table_source_arn(global_table_source_arn)
        set_global_table_settings_replication_mode(global_table_settings_replication_mode)
        set_vector_indexes(vector_indexes)
    }
}

operation! {
    "DeleteTable", WRITES = true, DeleteTableInput -> Result<DeleteTableOutput, DeleteTableError>,
    fluent_delete_table = delete_table() -> DeleteTableFluentBuilder {
        set_table_name(table_name)
    }
}

operation! {
    "DescribeTable", WRITES = false, DescribeTableInput -> Result<DescribeTableOutput, DescribeTableError>,
    fluent_describe_table = describe_table() -> DescribeTableFluentBuilder {
        set_table_name(table_name)
    }
}

operation! {
    "DescribeTimeToLive", WRITES = false, DescribeTimeToLiveInput -> Result<DescribeTimeToLiveOutput, DescribeTimeToLiveError>,
    fluent_describe_time_to_live = describe_time_to_live() -> DescribeTimeToLiveFluentBuilder {
        set_table_name(table_name)
    }
}

operation! {
    "UpdateTimeToLive", WRITES = true, UpdateTimeToLiveInput -> Result<UpdateTimeToLiveOutput, UpdateTimeToLiveError>,
    fluent_update_time_to_live = update_time_to_live() -> UpdateTimeToLiveFluentBuilder {
        set_table_name(table_name)
        set_time_to_live_specification(time_to_live_specification)
    }
}
