//! What requests can be asked, and answers say, of themselves: capacity, counts, the request id.

use aws_sdk_dynamodb::operation::RequestId;
use aws_sdk_dynamodb::operation::{
    batch_get_item::{BatchGetItemInput, BatchGetItemOutput},
    batch_write_item::{BatchWriteItemInput, BatchWriteItemOutput},
    create_table::{CreateTableInput, CreateTableOutput},
    delete_item::{DeleteItemInput, DeleteItemOutput},
    delete_table::{DeleteTableInput, DeleteTableOutput},
    describe_table::{DescribeTableInput, DescribeTableOutput},
    describe_time_to_live::{DescribeTimeToLiveInput, DescribeTimeToLiveOutput},
    get_item::{GetItemInput, GetItemOutput},
    put_item::{PutItemInput, PutItemOutput},
    query::{QueryInput, QueryOutput},
    scan::{ScanInput, ScanOutput},
    transact_get_items::{TransactGetItemsInput, TransactGetItemsOutput},
    transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput},
    update_item::{UpdateItemInput, UpdateItemOutput},
    update_time_to_live::{UpdateTimeToLiveInput, UpdateTimeToLiveOutput},
};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};

/// An input that may be asked what it costs.
pub(crate) trait Priced {
    /// Asks for the capacity that is used, by table and index, unless it is asked for in another way.
    fn ask_for_capacity(&mut self) {}
}

/// An output.
pub(crate) trait Answer: RequestId + Send {
    /// The capacity that was used, for each table.
    fn consumed(&self) -> &[ConsumedCapacity] {
        &[]
    }

    /// `Count` and `ScannedCount`.
    fn counts(&self) -> Option<(usize, usize)> {
        None
    }
}

macro_rules! priced {
    ($($input:ident $output:ident $slice:ident $($counts:ident)?;)*) => { $(
        impl Priced for $input {
            fn ask_for_capacity(&mut self) {
                self.return_consumed_capacity
                    .get_or_insert(ReturnConsumedCapacity::Indexes);
            }
        }

        impl Answer for $output {
            fn consumed(&self) -> &[ConsumedCapacity] {
                $slice(&self.consumed_capacity)
            }

            $(fn $counts(&self) -> Option<(usize, usize)> {
                Some((
                    usize::try_from(self.count).unwrap_or_default(),
                    usize::try_from(self.scanned_count).unwrap_or_default(),
                ))
            })?
        }
    )* };
}

fn one(consumed: &Option<ConsumedCapacity>) -> &[ConsumedCapacity] {
    consumed.as_slice()
}

fn many(consumed: &Option<Vec<ConsumedCapacity>>) -> &[ConsumedCapacity] {
    consumed.as_deref().unwrap_or_default()
}

priced! {
    GetItemInput GetItemOutput one;
    PutItemInput PutItemOutput one;
    UpdateItemInput UpdateItemOutput one;
    DeleteItemInput DeleteItemOutput one;
    QueryInput QueryOutput one counts;
    ScanInput ScanOutput one counts;
    BatchGetItemInput BatchGetItemOutput many;
    BatchWriteItemInput BatchWriteItemOutput many;
    TransactGetItemsInput TransactGetItemsOutput many;
    TransactWriteItemsInput TransactWriteItemsOutput many;
}

macro_rules! free {
    ($($input:ident $output:ident;)*) => { $(
        impl Priced for $input {}
        impl Answer for $output {}
    )* };
}

free! {
    CreateTableInput CreateTableOutput;
    DescribeTableInput DescribeTableOutput;
    DescribeTimeToLiveInput DescribeTimeToLiveOutput;
    DeleteTableInput DeleteTableOutput;
    UpdateTimeToLiveInput UpdateTimeToLiveOutput;
}
