//! `Results`: the items of a complete batch, in the order of its keys.

use super::decoded_items::{Decoded, DecodedItems};
use super::key_index::KeyIndex;
use super::plan::{KeyId, Plan};
use super::received_item::ReceivedItem;
use std::sync::Arc;

/// The items of all keys of a plan. `run` and `stream` make it; `BatchGet` decodes it.
#[doc(hidden)]
pub struct Results {
    plan: Arc<Plan>,
    /// For each member, the items of its different keys.
    items: Vec<Vec<Option<ReceivedItem>>>,
}

/// The item of a key.
pub(super) struct FoundItem {
    /// The index at which `Decoded` has the item; `None` if `Decoded` lacks it, or if another key needs it.
    pub(super) decoded: Option<usize>,
    pub(super) received: ReceivedItem,
}

impl Results {
    pub(super) fn of(plan: &Arc<Plan>, done: Vec<(KeyId, ReceivedItem)>) -> Self {
        let nothing = |index: &KeyIndex| index.firsts.iter().map(|_| None).collect();
        let mut items: Vec<Vec<Option<ReceivedItem>>> = plan.index.iter().map(nothing).collect();
        for (key_id, received) in done {
            items[key_id.member][key_id.index] = Some(received);
        }
        Self {
            plan: plan.clone(),
            items,
        }
    }

    /// Takes the items of a member that were decoded while their answers were read.
    pub(super) fn decoded<O: Send + 'static>(&self, member: usize) -> Decoded<O> {
        let decoded = self.plan.decoded(member);
        decoded.map(DecodedItems::take).unwrap_or_default()
    }

    /// `true` if the decoded items of a member are all of its items, in the order of its keys.
    pub(super) fn is_all<O>(&self, member: usize, decoded: &Decoded<O>) -> bool {
        let index = &self.plan.index[member];
        let mut items = self.items[member].iter().zip(&decoded.items);
        index.len() == index.indexes.len()
            && decoded.items.len() == index.len()
            && items.all(|found| match found {
                (Some(received), Some(_)) => received.was_decoded(),
                (None, None) => true,
                _ => false,
            })
    }

    /// Takes the items of a member, in the order of its keys. If a key was given several times, the last of them gets the
    /// decoded item, and the others decode copies.
    pub(super) fn take(&mut self, member: usize) -> impl Iterator<Item = Option<FoundItem>> {
        let mut items = std::mem::take(&mut self.items[member]);
        let index = &self.plan.index[member];
        let mut uses = index.counts();
        index.indexes.iter().map(move |&index| {
            uses[index] -= 1;
            let is_last = uses[index] == 0;
            let received = if is_last {
                items[index].take()
            } else {
                items[index].clone()
            };
            let received = received?;
            // If the item came as the SDK's values, a decoded item is left over from an earlier attempt: do not use it.
            let is_decoded = is_last && received.was_decoded();
            Some(FoundItem {
                decoded: is_decoded.then_some(index),
                received,
            })
        })
    }
}
