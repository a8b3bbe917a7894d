//! `Unfinished`: makes the error of a batch that ended early, from what was read and which keys are left.

use super::plan::{BatchMember, KeyId, Plan};
use super::received_item::ReceivedItem;
use crate::error::{Error, ReadPart, Unprocessed};
use crate::verb::batch::{BatchOptions, ChunkOutcome};
use std::collections::HashSet;
use std::sync::Arc;

/// The items and keys of a batch that ended early. `run` and `stream` fill it.
pub(super) struct Unfinished {
    parts: Vec<ReadPart>,
    cause: Option<Error>,
}

impl Unfinished {
    /// Begins with nothing read and no key left of these members.
    pub(super) fn of<'a>(members: impl IntoIterator<Item = &'a BatchMember>) -> Self {
        let part = |member: &BatchMember| ReadPart {
            table: member.table,
            model: member.model,
            read: Vec::new(),
            keys: Vec::new(),
            setup: member.setup.clone(),
        };
        Self {
            parts: members.into_iter().map(part).collect(),
            cause: None,
        }
    }

    /// Adds the items and the keys left of a plan that has these members. An item counts once, even if two answers had it.
    pub(super) fn add(&mut self, plan: &Plan, outcome: ChunkOutcome<(KeyId, ReceivedItem), KeyId>) {
        let mut seen = HashSet::with_capacity(outcome.done.len());
        for (key_id, received) in outcome.done {
            if seen.insert(key_id) {
                self.parts[key_id.member].read.push(received.into_item());
            }
        }
        for key_id in outcome.left {
            self.parts[key_id.member]
                .keys
                .push(plan.keys[key_id.member].item(key_id.index));
        }
        if self.cause.is_none() {
            self.cause = outcome.cause;
        }
    }

    /// Returns the error: [`Error::Unprocessed`], or the cause alone if nothing was read and nobody needs the keys left.
    ///
    /// `owns_keys` is `true` if the keys were taken from a stream, so that only the error has them.
    pub(super) fn into_error(self, options: BatchOptions, owns_keys: bool) -> Error {
        let has_read = self.parts.iter().any(|part| !part.read.is_empty());
        let has_keys = self.parts.iter().any(|part| !part.keys.is_empty());
        match self.cause {
            // A cause that stays would end the rest too.
            Some(cause) if !has_read && (!has_keys || !(owns_keys || cause.is_retryable())) => {
                cause
            }
            cause => {
                let unprocessed = Unprocessed::reads(self.parts, Arc::new(options), cause);
                Error::Unprocessed(unprocessed)
            }
        }
    }
}
