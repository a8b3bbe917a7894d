//! A checkpoint in memory.

use super::{Checkpoint, Checkpoints};
use crate::error::Error;
use std::sync::{Arc, Mutex, MutexGuard};

/// Keeps a checkpoint in memory, for tests, and for consumers that begin anew with each start of the program.
///
/// Clones share the checkpoint.
#[derive(Clone, Debug, Default)]
pub struct MemoryCheckpoints {
    checkpoint: Arc<Mutex<Option<Checkpoint>>>,
}

impl MemoryCheckpoints {
    /// Returns a store without a checkpoint.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the checkpoint that was saved last.
    pub fn get(&self) -> Option<Checkpoint> {
        self.locked().clone()
    }

    fn locked(&self) -> MutexGuard<'_, Option<Checkpoint>> {
        // Behind a poisoned lock the checkpoint is whole, because it is replaced in one step.
        self.checkpoint.lock().unwrap_or_else(|e| e.into_inner())
    }
}

impl Checkpoints for MemoryCheckpoints {
    async fn load(&self) -> Result<Option<Checkpoint>, Error> {
        Ok(self.get())
    }

    async fn save(&self, checkpoint: &Checkpoint) -> Result<(), Error> {
        *self.locked() = Some(checkpoint.clone());
        Ok(())
    }
}
