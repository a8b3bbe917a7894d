//! The settings of a consumer, which the builder collects.

use super::checkpoints::Store;
use super::gap::Gap;
use crate::executor::DynamoDb;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// What is called with each gap.
pub(super) type OnGap = dyn Fn(&Gap) + Send + Sync;

/// The settings of a consumer.
pub(super) struct Setup {
    pub(super) db: DynamoDb,
    /// The table as the model names it.
    pub(super) table: &'static str,
    pub(super) beginning: Beginning,
    pub(super) store: Option<Arc<dyn Store>>,
    pub(super) poll_interval: Duration,
    pub(super) page_size: i32,
    pub(super) buffered_pages: usize,
    pub(super) retry_budget: Duration,
    pub(super) on_gap: Option<Arc<OnGap>>,
}

/// Where a consumer without a checkpoint begins.
pub(super) enum Beginning {
    Oldest,
    Latest,
    Since(SystemTime),
}

impl Setup {
    /// Says that changes are lost.
    pub(super) fn tell(&self, gap: &Gap) {
        tracing::warn!(
            target: "dkmio",
            table = self.db.table_name(self.table),
            shard = gap.shard_id(),
            after = gap.after(),
            "changes were trimmed before they were read",
        );
        if let Some(on_gap) = &self.on_gap {
            on_gap(gap);
        }
    }
}
