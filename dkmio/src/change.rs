//! What changed in a table: records of DynamoDB Streams, read as models, entities and sets. No I/O is done here.
//!
//! A [`Record`] is made of what a program gets: `sdk_record.rs` takes the records of the client of DynamoDB Streams,
//! `lambda_event.rs` those of `aws_lambda_events`, `json.rs` the JSON that Lambda hands to a function. [`Change`], [`Latest`]
//! and [`KeyChange`] are read from a record through [`FromRecord`]; `streamed.rs` says how items of a type are told from others
//! and read.

mod batch_response;
#[allow(clippy::module_inception, reason = "the file of `Change`")]
mod change;
mod change_of_set;
mod each;
mod event;
mod from_record;
mod image;
mod images;
mod json;
mod key_change;
mod key_of_record;
#[cfg(feature = "lambda")]
mod lambda_event;
mod latest;
mod record;
mod records;
#[cfg(feature = "streams")]
mod sdk_record;
mod streamed;
mod view_type;

pub use self::batch_response::BatchResponse;
pub use self::change::Change;
#[doc(hidden)]
pub use self::change_of_set::ChangeOfSet;
pub use self::event::{EventName, StreamViewType, UserIdentity};
pub use self::from_record::FromRecord;
pub use self::key_change::KeyChange;
pub use self::latest::Latest;
pub use self::record::Record;
pub use self::records::Records;
pub use self::streamed::Streamed;
#[cfg(feature = "streams")]
pub(crate) use self::streamed::table_of;
