//! `Checkpoints`: where a consumer keeps how far it is.

mod file;
mod item;
mod memory;

pub use self::file::FileCheckpoints;
pub use self::item::ItemCheckpoints;
pub use self::memory::MemoryCheckpoints;
use super::checkpoint::Checkpoint;
use crate::error::Error;
use futures_util::future::BoxFuture;

/// Where a consumer keeps how far it is, so that the next one goes on from there.
///
/// One store belongs to one consumer of one table. There are [`ItemCheckpoints`] for an item of DynamoDB,
/// [`FileCheckpoints`] and [`MemoryCheckpoints`]; implement it for a store of your own.
///
/// # Examples
///
/// ```
/// use dkmio::error::CheckpointError;
/// use dkmio::{Checkpoint, Checkpoints, Error};
///
/// /// Keeps the checkpoint in a key-value store.
/// struct Redis { /* … */ }
/// # impl Redis {
/// #     async fn get(&self, _: &str) -> Result<Option<String>, std::io::Error> { Ok(None) }
/// #     async fn set(&self, _: &str, _: String) -> Result<(), std::io::Error> { Ok(()) }
/// # }
///
/// impl Checkpoints for Redis {
///     async fn load(&self) -> Result<Option<Checkpoint>, Error> {
///         let json = self.get("orders-mailer").await.map_err(CheckpointError::new)?;
///         Ok(json.map(|json| serde_json::from_str(&json)).transpose().map_err(CheckpointError::new)?)
///     }
///
///     async fn save(&self, checkpoint: &Checkpoint) -> Result<(), Error> {
///         let json = serde_json::to_string(checkpoint).map_err(CheckpointError::new)?;
///         Ok(self.set("orders-mailer", json).await.map_err(CheckpointError::new)?)
///     }
/// }
/// ```
pub trait Checkpoints: Send + Sync + 'static {
    /// Returns the checkpoint that was saved last; `None` if there is none.
    fn load(&self) -> impl Future<Output = Result<Option<Checkpoint>, Error>> + Send;

    /// Saves a checkpoint in place of the last one.
    fn save(&self, checkpoint: &Checkpoint) -> impl Future<Output = Result<(), Error>> + Send;
}

/// A [`Checkpoints`] of any type.
pub(super) trait Store: Send + Sync {
    fn load(&self) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>>;
    fn save<'a>(&'a self, checkpoint: &'a Checkpoint) -> BoxFuture<'a, Result<(), Error>>;
}

impl<C: Checkpoints> Store for C {
    fn load(&self) -> BoxFuture<'_, Result<Option<Checkpoint>, Error>> {
        Box::pin(Checkpoints::load(self))
    }

    fn save<'a>(&'a self, checkpoint: &'a Checkpoint) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(Checkpoints::save(self, checkpoint))
    }
}
