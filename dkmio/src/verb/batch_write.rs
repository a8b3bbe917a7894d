//! `BatchWriteItem`: puts and deletes many items.
//!
//! [`builder`] collects writes, each lowered by [`write`]; [`distinct`] keeps one write a key; [`run`] splits them into
//! requests and sends each until all of its writes are done, for which [`handed_back`] finds the writes that DynamoDB left
//! unprocessed.

mod builder;
mod distinct;
mod handed_back;
mod run;
mod write;

pub use self::builder::{BatchWrite, batch_write};
