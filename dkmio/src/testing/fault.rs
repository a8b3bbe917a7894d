//! What can go wrong with a request, and which requests meet it.

use crate::executor::Operation;
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
use std::fmt;
use std::time::Duration;

/// What goes wrong with a request to the embedded engine.
///
/// A fault by itself is for the next request. [`times`](Fault::times), [`always`](Fault::always), [`on`](Fault::on),
/// [`table`](Fault::table) and [`after`](Fault::after) say which requests meet it.
///
/// # Examples
///
/// ```
/// use dkmio::testing::{Fault, OperationName, TestDatabase};
///
/// let test = TestDatabase::new();
/// test.faults().inject(Fault::Throttled); // the next request
/// test.faults().inject(Fault::Unavailable.times(3).on(OperationName::PutItem).table("orders"));
/// test.faults().inject(Fault::AnswerLost.on(OperationName::UpdateItem).after(1)); // the second update
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing goes wrong: for a request between two faults.
    None,
    /// `ThrottlingException` with a reason of the table; nothing is done. [`Error::Throttled`](crate::Error::Throttled).
    Throttled,
    /// `ProvisionedThroughputExceededException` with a reason of one partition; nothing is done.
    HotPartition,
    /// HTTP 500 with `InternalServerError`; nothing is done.
    InternalServerError,
    /// HTTP 503 without an error code, as a load balancer answers; nothing is done.
    Unavailable,
    /// An answer of this HTTP status with this error code; nothing is done.
    Code(u16, &'static str),
    /// Another transaction works on the item: `TransactionConflictException`, or in a write transaction the first member's
    /// reason. Nothing is done.
    TransactionConflict,
    /// A write transaction is canceled with these codes for its first members, `"None"` for those that are well, such as
    /// `&["None", "ConditionalCheckFailed"]`. Other operations are answered as if there were no fault.
    TransactionCanceled(&'static [&'static str]),
    /// No connection can be made; nothing is done.
    ConnectionRefused,
    /// The request is not answered, and nothing is done.
    Timeout,
    /// The engine does what is asked, and the connection breaks before its answer.
    AnswerLost,
    /// The engine does what is asked, and its answer does not come in time.
    AnswerLate,
    /// The engine does what is asked, and the connection breaks within its answer.
    AnswerCut,
    /// The engine does what is asked, and half of its answer's JSON comes.
    AnswerTruncated,
    /// The engine does what is asked, and the answer is an HTML page with status 200, as of a proxy.
    AnswerNotJson,
    /// A batch is done in part, and the rest comes back unprocessed. Other operations are answered as if there were no
    /// fault.
    Unprocessed(Share),
    /// As `Unprocessed`, but what comes back are entries that were never sent.
    #[doc(hidden)]
    UnprocessedUnsent(Share),
    /// The answer takes this long.
    Slow(Duration),
}

/// How much of a batch comes back unprocessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Share {
    /// All of it.
    All,
    /// Every second entry, the first included.
    Half,
    /// All but this many entries.
    AllBut(usize),
    /// A part at random, by this seed.
    Random(u64),
}

/// The name of an operation of DynamoDB, as [`Fault::on`] takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each is called what DynamoDB calls it")]
pub enum OperationName {
    GetItem,
    PutItem,
    UpdateItem,
    DeleteItem,
    Query,
    Scan,
    SearchVectors,
    BatchGetItem,
    BatchWriteItem,
    TransactGetItems,
    TransactWriteItems,
    CreateTable,
    DescribeTable,
    DeleteTable,
    UpdateTimeToLive,
    DescribeTimeToLive,
}

macro_rules! operations {
    ($($operation:ident $input:ident;)*) => {
        impl OperationName {
            /// All operations that dkmio sends.
            pub const ALL: &[Self] = &[$(Self::$operation),*];

            /// Returns DynamoDB's name of the operation.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$operation => <$input as Operation>::NAME,)*
                }
            }

            /// Whether the operation changes anything.
            pub(super) fn writes(self) -> bool {
                match self {
                    $(Self::$operation => <$input as Operation>::WRITES,)*
                }
            }
        }
    };
}

operations! {
    GetItem GetItemInput;
    PutItem PutItemInput;
    UpdateItem UpdateItemInput;
    DeleteItem DeleteItemInput;
    Query QueryInput;
    Scan ScanInput;
    SearchVectors SearchVectorsInput;
    BatchGetItem BatchGetItemInput;
    BatchWriteItem BatchWriteItemInput;
    TransactGetItems TransactGetItemsInput;
    TransactWriteItems TransactWriteItemsInput;
    CreateTable CreateTableInput;
    DescribeTable DescribeTableInput;
    DeleteTable DeleteTableInput;
    UpdateTimeToLive UpdateTimeToLiveInput;
    DescribeTimeToLive DescribeTimeToLiveInput;
}

impl fmt::Display for OperationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Fault {
    /// For this many requests.
    pub fn times(self, times: usize) -> Injection {
        Injection::from(self).times(times)
    }

    /// For every request, until [`Faults::clear`](super::Faults::clear).
    pub fn always(self) -> Injection {
        Injection::from(self).always()
    }

    /// For requests of this operation.
    pub fn on(self, operation: OperationName) -> Injection {
        Injection::from(self).on(operation)
    }

    /// For requests to this table, by its name in the connection; batches and transactions that name it count too.
    pub fn table(self, table: impl Into<String>) -> Injection {
        Injection::from(self).table(table)
    }

    /// For requests after this many that would have met it.
    pub fn after(self, requests: usize) -> Injection {
        Injection::from(self).after(requests)
    }

    /// Returns whether the engine does what is asked although this goes wrong.
    pub fn is_done(self) -> bool {
        match self {
            Self::None
            | Self::AnswerLost
            | Self::AnswerLate
            | Self::AnswerCut
            | Self::AnswerTruncated
            | Self::AnswerNotJson
            | Self::Slow(_) => true,
            Self::Throttled
            | Self::HotPartition
            | Self::InternalServerError
            | Self::Unavailable
            | Self::Code(..)
            | Self::TransactionConflict
            | Self::TransactionCanceled(_)
            | Self::ConnectionRefused
            | Self::Timeout
            | Self::Unprocessed(_)
            | Self::UnprocessedUnsent(_) => false,
        }
    }

    /// Draws a fault that an operation can meet.
    pub(super) fn random(operation: &str, rng: &mut fastrand::Rng) -> Self {
        if operation.starts_with("Batch") && rng.bool() {
            return Self::Unprocessed(match rng.u8(..4) {
                0 => Share::All,
                1 => Share::Half,
                _ => Share::Random(rng.u64(..)),
            });
        }
        match rng.u8(..9) {
            0 => Self::Throttled,
            1 => Self::HotPartition,
            2 => Self::InternalServerError,
            3 => Self::Unavailable,
            4 => Self::ConnectionRefused,
            5 => Self::Timeout,
            6 => Self::AnswerLost,
            7 => Self::AnswerCut,
            _ => Self::AnswerTruncated,
        }
    }
}

impl Share {
    /// Returns for each of `count` entries whether it is left.
    pub(super) fn left(self, count: usize) -> Vec<bool> {
        let mut rng = fastrand::Rng::with_seed(match self {
            Self::Random(seed) => seed,
            Self::All | Self::Half | Self::AllBut(_) => 0,
        });
        (0..count)
            .map(|index| match self {
                Self::All => true,
                Self::Half => index % 2 == 0,
                Self::AllBut(done) => index >= done,
                Self::Random(_) => rng.bool(),
            })
            .collect()
    }
}

/// A [`Fault`] and the requests that meet it; for [`Faults::inject`](super::Faults::inject).
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a fault happens once it is injected: `faults.inject(..)`"]
pub struct Injection {
    pub(super) fault: Fault,
    /// `None` for all requests.
    pub(super) times: Option<usize>,
    /// How many matching requests go by first.
    pub(super) after: usize,
    operation: Option<OperationName>,
    table: Option<String>,
}

/// For the next request.
impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            times: Some(1),
            after: 0,
            operation: None,
            table: None,
        }
    }
}

impl Injection {
    /// For this many requests.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// For every request, until [`Faults::clear`](super::Faults::clear).
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// For requests of this operation.
    pub fn on(mut self, operation: OperationName) -> Self {
        self.operation = Some(operation);
        self
    }

    /// For requests to this table, by its name in the connection; batches and transactions that name it count too.
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// For requests after this many that would have met it.
    pub fn after(mut self, requests: usize) -> Self {
        self.after = requests;
        self
    }

    /// Whether the fault is for a request of this operation to these tables.
    pub(super) fn is_for(&self, operation: &str, tables: &[String]) -> bool {
        self.operation.is_none_or(|own| own.name() == operation)
            && self.table.as_ref().is_none_or(|own| tables.contains(own))
    }
}
