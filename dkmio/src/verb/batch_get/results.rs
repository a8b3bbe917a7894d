//! `Results`: the items of a complete batch, in the order of its keys.

use super::decoded_items::{Decoded, DecodedItems};
use super::key_index::KeyIndex;
use super::plan::{KeyId, Plan};
use super::received_item::ReceivedItem;
use crate::error::Error;
use crate::expr::Decoder;
use crate::page::OnUnreadable;
use crate::schema::Table;
use crate::value::Item;
use crate::verb::expiry::is_alive;
use std::sync::Arc;

/// The items of all keys of a plan. `run` and `stream` make it; `BatchGet` takes the items of its keys.
#[doc(hidden)]
pub struct Results {
    plan: Arc<Plan>,
    /// For each member, the items of its different keys.
    items: Vec<Vec<Option<ReceivedItem>>>,
}

/// How a batch get decodes its items.
pub(super) struct ItemDecoder<O> {
    pub(super) decoder: Decoder<O>,
    /// `true` leaves out items whose time to live has passed.
    pub(super) exclude_expired: bool,
}

impl<O> Clone for ItemDecoder<O> {
    fn clone(&self) -> Self {
        Self {
            decoder: self.decoder.clone(),
            exclude_expired: self.exclude_expired,
        }
    }
}

impl<O: Send + 'static> ItemDecoder<O> {
    /// Decodes an item from the SDK's values; `None` if it has expired and is left out.
    pub(super) fn decode<M: Table, E: OnUnreadable>(
        &self,
        item: Item,
    ) -> Result<Option<E::Of<O>>, Error> {
        if self.exclude_expired && !is_alive::<M>(&item) {
            return Ok(None);
        }
        let key = M::KEYS.of(&item);
        Ok(Some(match self.decoder.decode(item) {
            Ok(item) => E::read(item),
            Err(e) => E::unread(e.into_decode_error(Some(M::SCHEMA.name()), Some(key)))?,
        }))
    }
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
        let mut items: Vec<Vec<Option<ReceivedItem>>> = plan.keys.iter().map(nothing).collect();
        for (key_id, received) in done {
            items[key_id.member][key_id.index] = Some(received);
        }
        Self {
            plan: plan.clone(),
            items,
        }
    }

    /// Takes the items of a member, in the order of its keys.
    pub(super) fn all<M: Table, O: Send + 'static, E: OnUnreadable>(
        &mut self,
        member: usize,
        decoder: &ItemDecoder<O>,
    ) -> Result<Vec<Option<E::Of<O>>>, Error> {
        let decoded = self.decoded(member);
        if self.is_all(member, &decoded) {
            return Ok(E::read_all(decoded.items));
        }
        self.decode::<M, O, E>(member, decoder, decoded).collect()
    }

    /// Takes the items of a member one by one, in the order of its keys.
    pub(super) fn each<M: Table, O: Send + 'static, E: OnUnreadable>(
        &mut self,
        member: usize,
        decoder: &ItemDecoder<O>,
    ) -> impl Iterator<Item = Result<Option<E::Of<O>>, Error>> {
        let decoded = self.decoded(member);
        self.decode::<M, O, E>(member, decoder, decoded)
    }

    /// Takes the items of a member from those that were decoded while their answers were read, or else from those that were
    /// received.
    fn decode<M: Table, O: Send + 'static, E: OnUnreadable>(
        &mut self,
        member: usize,
        decoder: &ItemDecoder<O>,
        mut decoded: Decoded<O>,
    ) -> impl Iterator<Item = Result<Option<E::Of<O>>, Error>> {
        self.take(member).map(move |found| {
            let Some(found) = found else {
                return Ok(None);
            };
            let FoundItem {
                decoded: index,
                received,
            } = found;
            match index.and_then(|index| decoded.take(index)) {
                Some(Ok(item)) => Ok(Some(E::read(item))),
                Some(Err(e)) => {
                    let key = Some(M::KEYS.of(&received.into_item()));
                    let error = e.into_decode_error(Some(M::SCHEMA.name()), key);
                    Ok(Some(E::unread(error)?))
                }
                None => decoder.decode::<M, E>(received.into_item()),
            }
        })
    }

    /// Takes the items of a member that were decoded while their answers were read.
    fn decoded<O: Send + 'static>(&self, member: usize) -> Decoded<O> {
        let decoded = self.plan.decoded(member);
        decoded.map(DecodedItems::take).unwrap_or_default()
    }

    /// `true` if the decoded items of a member are all of its items, in the order of its keys.
    fn is_all<O>(&self, member: usize, decoded: &Decoded<O>) -> bool {
        let index = &self.plan.keys[member];
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
        let index = &self.plan.keys[member];
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
