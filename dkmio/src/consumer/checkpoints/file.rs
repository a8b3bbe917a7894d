//! A checkpoint in a file.

use super::{Checkpoint, Checkpoints};
use crate::error::{CheckpointError, Error};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Keeps a checkpoint in a file, as JSON.
///
/// A save writes a second file beside it (`.new`), and renames that when it is on the disk: a crash leaves the old checkpoint or
/// the new one.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, FileCheckpoints};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String }
/// # fn run(db: DynamoDb) {
/// let changes = db.changes::<Orders>().checkpoints(FileCheckpoints::new("/var/lib/mailer/orders.json"));
/// # let _ = changes;
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FileCheckpoints {
    path: PathBuf,
}

impl FileCheckpoints {
    /// Returns a store in this file, which need not exist. Its folder must.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl Checkpoints for FileCheckpoints {
    async fn load(&self) -> Result<Option<Checkpoint>, Error> {
        let path = self.path.clone();
        on_a_thread(move || match fs::read(&path) {
            Ok(json) => serde_json::from_slice(&json)
                .map(Some)
                .map_err(io::Error::from),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        })
        .await
    }

    async fn save(&self, checkpoint: &Checkpoint) -> Result<(), Error> {
        let json = serde_json::to_vec(checkpoint).map_err(CheckpointError::new)?;
        let path = self.path.clone();
        on_a_thread(move || replace(&path, &json)).await
    }
}

/// Replaces the file in one step.
fn replace(path: &Path, json: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(path);
    name.push(".new");
    let mut file = File::create(&name)?;
    file.write_all(json)?;
    file.sync_all()?;
    fs::rename(&name, path)
}

/// Works on files on a thread that may wait.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.unwrap_or_else(|e| Err(io::Error::other(e)));
    Ok(done.map_err(CheckpointError::new)?)
}
