//! What changed in a table: records of DynamoDB Streams, read as models, entities and sets. No I/O is done here.
//!
//! A [`Record`] is made of what a program gets: `sdk_record.rs` takes the records of the client of DynamoDB Streams,
//! `lambda_event.rs` those of `aws_lambda_events`, `json.rs` the JSON that Lambda hands to a function. [`Change`], [`Latest`]
//! and [`KeyChange`] are read from a record through [`FromRecord`]; `streamed.rs` says how items of a type are told from others
//! and read.

#[allow(clippy::module_inception, reason = "the file of `Change`")]
mod change;
mod event;
mod from_record;
mod image;
mod images;
mod json;
#[cfg(feature = "lambda")]
mod lambda_event;
mod record;
mod records;
#[cfg(feature = "streams")]
mod sdk_record;
mod streamed;

pub use self::change::Change;
pub use self::event::{EventName, StreamViewType, UserIdentity};
pub use self::from_record::FromRecord;
pub use self::record::Record;
pub use self::records::Records;
pub use self::streamed::Streamed;
