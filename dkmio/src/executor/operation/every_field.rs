//! Tests that each operation sends all fields of its input, because users can set fields that dkmio never sets.

use super::{
    batch_get_item, batch_write_item, delete_item, get_item, put_item, query, scan, search_vectors,
    tables, transact_get_items, transact_write_items, update_item,
};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config};
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemInput;
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::delete_table::DeleteTableInput;
use aws_sdk_dynamodb::operation::describe_table::DescribeTableInput;
use aws_sdk_dynamodb::operation::describe_time_to_live::DescribeTimeToLiveInput;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use aws_sdk_dynamodb::operation::search_vectors::SearchVectorsInput;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsInput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::operation::update_time_to_live::UpdateTimeToLiveInput;
use aws_sdk_dynamodb::types::{
    BillingMode, ConditionalOperator, GlobalTableSettingsReplicationMode, OnDemandThroughput,
    ProvisionedThroughput, ReturnConsumedCapacity, ReturnItemCollectionMetrics, ReturnValue,
    ReturnValuesOnConditionCheckFailure, Select, SseSpecification, StreamSpecification, TableClass,
    TimeToLiveSpecification, WarmThroughput,
};
use std::fmt::Debug;

fn client() -> Client {
    let config = Config::builder().behavior_version(BehaviorVersion::latest());
    Client::from_conf(config.build())
}

/// Panics if a field of the input is not set: a new version of the SDK has more of them.
fn assert_has_every_field(input: &impl Debug) {
    let printed = format!("{input:#?}");
    let unset: Vec<&str> = printed
        .lines()
        .filter(|line| line.ends_with(": None,") && !line.starts_with("     "))
        .collect();
    assert!(unset.is_empty(), "not set by the test: {unset:?}");
}

/// Sets the fields, to their types' defaults unless a value is given, and compares with what is sent.
macro_rules! every_field {
    ($($test:ident: $input:ident by $fluent:path { $($field:ident $(= $value:expr)?),* $(,)? })*) => { $(
        #[test]
        fn $test() -> Result<(), BuildError> {
            let mut input = $input::builder().build()?;
            $(input.$field = every_field!(@value $($value)?);)*
            assert_has_every_field(&input);
            let sent = $fluent(input.clone(), &client()).as_input().clone().build()?;
            assert_eq!(sent, input);
            Ok(())
        }
    )* };
    (@value) => { Some(Default::default()) };
    (@value $value:expr) => { Some($value) };
}

every_field! {
    get_item: GetItemInput by get_item::fluent {
        table_name,
        key,
        attributes_to_get,
        consistent_read,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        projection_expression,
        expression_attribute_names,
    }
    put_item: PutItemInput by put_item::fluent {
        table_name,
        item,
        expected,
        return_values = ReturnValue::AllOld,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        return_item_collection_metrics = ReturnItemCollectionMetrics::Size,
        conditional_operator = ConditionalOperator::Or,
        condition_expression,
        expression_attribute_names,
        expression_attribute_values,
        return_values_on_condition_check_failure = ReturnValuesOnConditionCheckFailure::AllOld,
    }
    update_item: UpdateItemInput by update_item::fluent {
        table_name,
        key,
        attribute_updates,
        expected,
        conditional_operator = ConditionalOperator::Or,
        return_values = ReturnValue::AllOld,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        return_item_collection_metrics = ReturnItemCollectionMetrics::Size,
        update_expression,
        condition_expression,
        expression_attribute_names,
        expression_attribute_values,
        return_values_on_condition_check_failure = ReturnValuesOnConditionCheckFailure::AllOld,
    }
    delete_item: DeleteItemInput by delete_item::fluent {
        table_name,
        key,
        expected,
        conditional_operator = ConditionalOperator::Or,
        return_values = ReturnValue::AllOld,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        return_item_collection_metrics = ReturnItemCollectionMetrics::Size,
        condition_expression,
        expression_attribute_names,
        expression_attribute_values,
        return_values_on_condition_check_failure = ReturnValuesOnConditionCheckFailure::AllOld,
    }
    search_vectors: SearchVectorsInput by search_vectors::fluent {
        table_name,
        index_name,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        expression_attribute_names,
        expression_attribute_values,
        projection_expression,
        search_vector,
        search_condition_expression,
        top_k,
    }
    query: QueryInput by query::fluent {
        table_name,
        index_name,
        select = Select::Count,
        attributes_to_get,
        limit,
        consistent_read,
        key_conditions,
        query_filter,
        conditional_operator = ConditionalOperator::Or,
        scan_index_forward,
        exclusive_start_key,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        projection_expression,
        filter_expression,
        key_condition_expression,
        expression_attribute_names,
        expression_attribute_values,
    }
    scan: ScanInput by scan::fluent {
        table_name,
        index_name,
        attributes_to_get,
        limit,
        select = Select::Count,
        scan_filter,
        conditional_operator = ConditionalOperator::Or,
        exclusive_start_key,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        total_segments,
        segment,
        projection_expression,
        filter_expression,
        expression_attribute_names,
        expression_attribute_values,
        consistent_read,
    }
    batch_get_item: BatchGetItemInput by batch_get_item::fluent {
        request_items,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
    }
    batch_write_item: BatchWriteItemInput by batch_write_item::fluent {
        request_items,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        return_item_collection_metrics = ReturnItemCollectionMetrics::Size,
    }
    transact_get_items: TransactGetItemsInput by transact_get_items::fluent {
        transact_items,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
    }
    transact_write_items: TransactWriteItemsInput by transact_write_items::fluent {
        transact_items,
        return_consumed_capacity = ReturnConsumedCapacity::Total,
        return_item_collection_metrics = ReturnItemCollectionMetrics::Size,
        client_request_token,
    }
    create_table: CreateTableInput by tables::fluent_create_table {
        attribute_definitions,
        table_name,
        key_schema,
        local_secondary_indexes,
        global_secondary_indexes,
        billing_mode = BillingMode::PayPerRequest,
        provisioned_throughput = ProvisionedThroughput::builder().read_capacity_units(1).write_capacity_units(1).build()?,
        stream_specification = StreamSpecification::builder().stream_enabled(true).build()?,
        sse_specification = SseSpecification::builder().build(),
        tags,
        table_class = TableClass::Standard,
        deletion_protection_enabled,
        warm_throughput = WarmThroughput::builder().build(),
        resource_policy,
        on_demand_throughput = OnDemandThroughput::builder().build(),
        global_table_source_arn,
        global_table_settings_replication_mode = GlobalTableSettingsReplicationMode::Enabled,
        vector_indexes,
    }
    describe_table: DescribeTableInput by tables::fluent_describe_table {
        table_name,
    }
    delete_table: DeleteTableInput by tables::fluent_delete_table {
        table_name,
    }
    describe_time_to_live: DescribeTimeToLiveInput by tables::fluent_describe_time_to_live {
        table_name,
    }
    update_time_to_live: UpdateTimeToLiveInput by tables::fluent_update_time_to_live {
        table_name,
        time_to_live_specification = TimeToLiveSpecification::builder().enabled(true).attribute_name("ttl").build()?,
    }
}
