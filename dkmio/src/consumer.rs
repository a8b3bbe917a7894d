//! Reads the changes of a table from its stream, for programs without Lambda: [`DynamoDb::changes`](crate::DynamoDb::changes).
//!
//! `shards.rs` knows what is to be asked next, `requests.rs` asks, `pages.rs` keeps what came, and `change_stream.rs` drives the
//! three and hands out records. `checkpoints.rs` and its folder keep how far the user is.

mod change_record;
mod change_stream;
mod changes;
mod checkpoint;
mod checkpoints;
mod gap;
mod pages;
mod position;
mod requests;
mod running;
mod setup;
mod shards;
mod start;

pub use self::change_record::ChangeRecord;
pub use self::change_stream::ChangeStream;
pub use self::changes::Changes;
pub use self::checkpoint::Checkpoint;
pub use self::checkpoints::{Checkpoints, FileCheckpoints, ItemCheckpoints, MemoryCheckpoints};
pub use self::gap::Gap;
