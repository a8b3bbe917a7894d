//! The members of the SDK's input that queries and scans share, and how `explain` shows them.

use super::options::{ReadOptions, Want};
use crate::error::Error;
use crate::executor::PagedOperation;
use crate::expr::{ExplainBuilder, Expression};
use crate::schema::{KindCheck, Source, Table};
use crate::verb::input::incomplete;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;

/// The SDK's input of a query or a scan.
pub(in crate::verb) trait ReadInput: PagedOperation {
    /// `true` if DynamoDB takes a filter on the keys of the table or index.
    const FILTERS_KEYS: bool;

    /// Makes the input of a read of the source `S`. What only one of the two operations has is set by its verb.
    fn of_read<S: Source>(
        read: &ReadOptions,
        expression: Expression,
        want: Want,
    ) -> Result<Self, Error>;
}

macro_rules! read_inputs {
    ($($Input:ident { filters_keys: $filters_keys:literal $(, $set:ident: $expression:ident)? })*) => { $(
        impl ReadInput for $Input {
            const FILTERS_KEYS: bool = $filters_keys;

            fn of_read<S: Source>(
                read: &ReadOptions,
                expression: Expression,
                want: Want,
            ) -> Result<Self, Error> {
                Self::builder()
                    .table_name(S::Table::SCHEMA.name())
                    .set_index_name(S::INDEX.map(|index| index.name().to_owned()))
                    $(.$set(expression.$expression))?
                    .set_filter_expression(expression.filter)
                    .set_expression_attribute_names(expression.names)
                    .set_expression_attribute_values(expression.values)
                    .set_select(ReadOptions::select(want, expression.projection.is_none()))
                    .set_projection_expression(expression.projection)
                    .set_consistent_read(read.consistent_read())
                    .set_return_consumed_capacity(read.capacity())
                    .build()
                    .map_err(incomplete)
            }
        }
    )* };
}
read_inputs! {
    QueryInput { filters_keys: false, set_key_condition_expression: key_condition }
    ScanInput { filters_keys: true }
}

/// Shows the members of a query or a scan, with further options of its own.
macro_rules! explain_read {
    ($builder:expr, $input:expr $(, $option:literal: $value:expr)*) => {
        $builder
            .index($input.index_name())
            .filter($input.filter_expression())
            .projection($input.projection_expression())
            .names($input.expression_attribute_names())
            .values($input.expression_attribute_values())
            .option("Limit", $input.limit())
            $(.option($option, $value))*
            .option("ConsistentRead", $input.consistent_read())
            .option(
                "ReturnConsumedCapacity",
                $input.return_consumed_capacity().map(|c| c.as_str()),
            )
            .start_key($input.exclusive_start_key())
    };
}
pub(in crate::verb) use explain_read;

/// Notes what a read costs.
pub(in crate::verb) fn notes<S: Source>(
    builder: ExplainBuilder,
    scan: bool,
    read: &ReadOptions,
    filter: Option<&str>,
) -> ExplainBuilder {
    let of_one_kind = KindCheck::of(S::KINDS).is_some();
    let has_own_filter = read.filter.is_some() || read.exclude_expired;
    let filtered = filter.is_some() && (has_own_filter || !of_one_kind);
    builder
        .note_if(
            scan,
            "a Scan reads, and is billed for, every item of the table or index",
        )
        .note_if(
            filtered,
            "the filter discards items after they were read and billed",
        )
        .note_if(
            of_one_kind,
            "items of other kinds in this range are read and billed, and not returned",
        )
}
