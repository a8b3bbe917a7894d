//! What was read of a batch, in the order of its keys.

use super::decoded_items::{Decoded, DecodedItems};
use super::item_matcher::ReceivedItem;
use super::keys::KeyIndex;
use super::plan::{KeyId, Plan};
use std::sync::Arc;

/// What was found of all that is asked for.
#[doc(hidden)]
pub struct Results {
    plan: Arc<Plan>,
    /// For each member the items of its different keys.
    items: Vec<Vec<Option<ReceivedItem>>>,
}

/// The item of a key.
pub(super) struct FoundItem {
    /// Where its decoded form is, if it may have one and nobody else wants it.
    pub(super) place: Option<usize>,
    pub(super) kept: ReceivedItem,
}

impl Results {
    pub(super) fn of(plan: &Arc<Plan>, done: Vec<(KeyId, ReceivedItem)>) -> Self {
        let nothing = |distinct: &KeyIndex| distinct.firsts.iter().map(|_| None).collect();
        let mut items: Vec<Vec<Option<ReceivedItem>>> = plan.distinct.iter().map(nothing).collect();
        for (key_id, kept) in done {
            items[key_id.member][key_id.place] = Some(kept);
        }
        Self {
            plan: plan.clone(),
            items,
        }
    }

    /// Takes out what was decoded of a member's items as they came.
    pub(super) fn decoded<O: Send + 'static>(&self, member: usize) -> Decoded<O> {
        let sheet = self.plan.sheet(member);
        sheet.map(DecodedItems::take).unwrap_or_default()
    }

    /// Whether what was decoded of a member is all that was found, and in the order of its keys.
    pub(super) fn is_all<O>(&self, member: usize, decoded: &Decoded<O>) -> bool {
        let distinct = &self.plan.distinct[member];
        let mut items = self.items[member].iter().zip(&decoded.items);
        distinct.firsts.len() == distinct.places.len()
            && decoded.items.len() == distinct.firsts.len()
            && items.all(|found| match found {
                (Some(kept), Some(_)) => kept.was_read(),
                (None, None) => true,
                _ => false,
            })
    }

    /// Takes the items of a member, in the order of its keys. The last to ask for an item gets the item itself.
    pub(super) fn take(&mut self, member: usize) -> impl Iterator<Item = Option<FoundItem>> {
        let mut items = std::mem::take(&mut self.items[member]);
        let distinct = &self.plan.distinct[member];
        let mut wanted = distinct.counts();
        distinct.places.iter().map(move |&place| {
            wanted[place] -= 1;
            let is_last = wanted[place] == 0;
            let kept = if is_last {
                items[place].take()
            } else {
                items[place].clone()
            };
            let kept = kept?;
            // What was decoded is an earlier answer's where the item did not come in bytes.
            let is_decoded = is_last && kept.was_read();
            Some(FoundItem {
                place: is_decoded.then_some(place),
                kept,
            })
        })
    }
}
