//! `BatchGetItem`: reads many items by their keys.
//!
//! The way of a key: [`builder`] encodes it into a [`key_list`]; [`plan`] gives each different key a `KeyId` and puts up to
//! 100 of them into a chunk; [`run`] sends a chunk until DynamoDB has processed all of it. [`item_matcher`] receives an
//! answer: it decodes each item into [`decoded_items`], finds the item's key by its values in [`key_index`], and keeps the
//! item's bytes as a [`received_item`]. [`results`] brings the items into the order of the keys. If the batch ends early,
//! [`failure`] puts the rest into an error, and [`resume`] makes a batch get of that rest.
//!
//! [`members`] runs batch gets of several tables as one, and [`stream`] takes its keys from a stream, chunk by chunk.

mod builder;
mod decoded_items;
mod failure;
mod item_matcher;
mod key_index;
mod key_list;
mod members;
mod plan;
mod received_item;
mod results;
mod resume;
mod run;
mod stream;

pub use self::builder::BatchGet;
pub(super) use self::members::BatchGetMember;
pub use self::members::{BatchGetAll, batch_get};
pub(super) use self::plan::{BatchMember, MAX_KEYS};
pub(super) use self::results::Results;
pub use self::stream::{BatchGetItems, BatchGetStream};
