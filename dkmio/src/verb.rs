//! The verbs: one builder each, lowered to the SDK's own input.

mod attrs;
mod batch;
mod batch_get;
mod batch_write;
mod borrowed;
mod delete;
mod each;
mod existence;
mod expiry;
mod get;
mod identities;
mod index;
mod input;
mod kind;
mod loader;
mod parallel_scan;
mod put;
mod query;
mod read;
mod read_model;
mod replace;
mod returning;
mod save;
mod scan;
mod search;
mod sequence;
mod stamp;
mod table_list;
mod terminals;
mod transact;
mod transact_get;
mod transact_write;
mod update;
mod write_options;

pub use self::batch_get::{BatchGet, BatchGetAll, BatchGetItems, BatchGetStream, batch_get};
pub use self::batch_write::{BatchWrite, batch_write};
pub use self::delete::Delete;
pub use self::each::Each;
pub use self::get::Get;
pub use self::index::Index;
pub(crate) use self::input::incomplete;
#[doc(hidden)]
pub use self::kind::{is_entity, of_entity};
pub use self::loader::Loader;
pub use self::parallel_scan::ParallelScan;
pub use self::put::Put;
pub use self::query::{BorrowedQuery, Query};
pub use self::replace::Replace;
pub use self::save::Save;
pub use self::scan::{BorrowedScan, Scan};
#[doc(hidden)]
pub use self::search::{FilterHandle, OperatorOfSearch};
pub use self::search::{Match, Search, SearchFilter, VectorIndex};
pub use self::sequence::{Sequence, TakeNumbers};
#[doc(hidden)]
pub use self::stamp::encode_time;
pub use self::terminals::BoxFuture;
pub use self::transact_get::{TransactGet, transact_get};
pub use self::transact_write::{ConditionCheck, TransactWrite, transact_write};
pub use self::update::{Partial, Patch, Update};
