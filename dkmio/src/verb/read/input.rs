//! The members of the SDK's input that queries and scans share, and how `explain` shows them.

use crate::expr::ExplainBuilder;

/// Sets the members of a query or a scan of the source `$S` on the SDK's builder, and builds the input.
macro_rules! read_input {
    ($S:ident, $builder:expr, $read:expr, $want:expr, $expression:expr) => {
        $builder
            .table_name($S::Table::SCHEMA.name())
            .set_index_name($S::INDEX.map(|index| index.name().to_owned()))
            .set_filter_expression($expression.filter)
            .set_projection_expression($expression.projection)
            .set_expression_attribute_names($expression.names)
            .set_expression_attribute_values($expression.values)
            .set_select($crate::verb::read::ReadOptions::select($want))
            .set_consistent_read($read.consistent_read())
            .set_return_consumed_capacity($read.capacity())
            .build()
            .map_err(incomplete)
    };
}
pub(in crate::verb) use read_input;

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
pub(in crate::verb) fn notes(
    builder: ExplainBuilder,
    scan: bool,
    filtered: bool,
) -> ExplainBuilder {
    builder
        .note_if(
            scan,
            "a Scan reads, and is billed for, every item of the table or index",
        )
        .note_if(
            filtered,
            "the filter discards items after they were read and billed",
        )
}
