//! The verbs: one builder each, lowered to the SDK's own input.

mod batch;
mod batch_get;
mod batch_write;
mod borrowed;
mod delete;
mod each;
mod existence;
mod get;
mod identities;
mod index;
mod loader;
mod parallel_scan;
mod put;
mod query;
mod read;
mod returning;
mod scan;
mod transact;
mod transact_get;
mod transact_write;
mod update;

pub use self::batch_get::{BatchGet, BatchGetAll, BatchGetItems, BatchGetStream, batch_get};
pub use self::batch_write::{BatchWrite, batch_write};
pub use self::borrowed::{BorrowedQuery, BorrowedScan};
pub use self::delete::Delete;
pub use self::each::Each;
pub use self::get::Get;
pub use self::index::Index;
pub use self::loader::Loader;
pub use self::parallel_scan::ParallelScan;
pub use self::put::Put;
pub use self::query::Query;
use self::returning::Returning;
pub use self::scan::Scan;
pub use self::transact_get::{TransactGet, transact_get};
pub use self::transact_write::{ConditionCheck, TransactWrite, transact_write};
pub use self::update::{Partial, Update};
use crate::attr::Path;
use crate::codec::decode_item;
use crate::error::{DecodeError, Error, ValidationCause};
use crate::expr::{Condition, ConditionNode, Projection};
use crate::schema::{Source, Table};
use crate::value::{Item, has_expired};
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use std::pin::Pin;

/// The future of `.await` on a builder.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// The attributes of the model `M` in the context `C`.
pub(crate) type Attrs<M, C> = <M as Table>::Attrs<C>;

/// The attributes of the table that `S` reads, in the context `C`.
pub(crate) type SourceAttrs<S, C> = <<S as Source>::Table as Table>::Attrs<C>;

/// The largest item, in bytes.
const MAX_ITEM: usize = 400 * 1024;

fn check_size(size: usize) -> Result<(), Error> {
    if size > MAX_ITEM {
        return Err(Error::invalid(
            ValidationCause::ItemTooLarge {
                size: Some(size),
                limit: MAX_ITEM,
            },
            format!("the item has {size} bytes; DynamoDB takes at most {MAX_ITEM} (400 KB)"),
        ));
    }
    Ok(())
}

/// Returns the projection of what is selected, with the time to live where that decides.
fn projection<M: Table>(paths: &[Path], exclude_expired: bool) -> Projection {
    let ttl = M::SCHEMA
        .ttl()
        .filter(|_| exclude_expired && !paths.is_empty())
        .map(Path::root);
    Projection::covering(paths.iter().chain(&ttl))
}

/// Reads an item as the model; the error names its key.
fn read_model<M: Table>(item: Item) -> Result<M, DecodeError> {
    let key = M::KEYS.of(&item);
    decode_item(item).map_err(|e| e.into_decode_error(Some(M::SCHEMA.name()), Some(key)))
}

fn is_alive<M: Table>(item: &Item) -> bool {
    !M::SCHEMA.ttl().is_some_and(|ttl| has_expired(item, ttl))
}

/// The SDK's input builders fail on a missing member only, and the lowering sets all of them.
pub(crate) fn incomplete(error: BuildError) -> Error {
    Error::invalid(ValidationCause::Options, error.to_string())
}

/// Returns a condition on the partition key, which every item of the table has: it tells whether there is an item.
fn of_key<M: Table>(condition: fn(Path) -> ConditionNode) -> Condition {
    let attributes = M::KEYS.partition().iter();
    Condition::all(attributes.map(|key| Condition(condition(Path::root(key.name())))))
}

/// Gives a builder that yields `$output` its `execute` and its `.await`.
macro_rules! terminals {
    ([$M:ident, $R:ident] $builder:ty => $output:ty) => {
        impl<$M: Table, $R: Send + 'static> $builder {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Any [`Error`](crate::Error) of this operation; see its variants.
            pub fn execute(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<$output, Error>> + Send + 'static + use<$M, $R> {
                self.run(db.clone())
            }
        }

        /// Sends the request on the [default connection](DynamoDb::set_default).
        impl<$M: Table, $R: Send + 'static> IntoFuture for $builder {
            type Output = Result<$output, Error>;
            type IntoFuture = $crate::verb::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
            }
        }
    };
}
use terminals;

/// What the write builders have in common: a condition, and the current item when it fails.
macro_rules! conditional {
    ($builder:ident) => {
        impl<M: Table, R: Send + 'static> $builder<M, R> {
            /// Writes only if the condition holds (`ConditionExpression`); called again, joins with AND.
            ///
            /// If it does not hold, nothing is written and the error is [`Error::ConditionFailed`].
            pub fn condition(
                mut self,
                condition: impl FnOnce(&Attrs<M, Check<M>>) -> Condition,
            ) -> Self {
                and(&mut self.condition, condition(&Default::default()));
                self
            }

            /// Asks for the current item when the condition fails: [`ConditionFailed::item`](crate::error::ConditionFailed::item).
            pub fn return_old_on_failure(mut self) -> Self {
                self.return_old_on_failure = true;
                self
            }
        }
    };
}
use conditional;

/// Asks for the current item when a condition fails, if that is wanted.
fn old_on_failure(wanted: bool) -> Option<ReturnValuesOnConditionCheckFailure> {
    wanted.then_some(ReturnValuesOnConditionCheckFailure::AllOld)
}
