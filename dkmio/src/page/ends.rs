//! `Ends`: makes the cursors of a page.

use super::cursor::Cursor;
use super::cursor::owner::{CursorOwner, Start};
use super::page::Page;
use super::page_items::PageItems;
use super::unreadable::OnUnreadable;
use crate::error::Error;
use crate::executor::RawPage;
use crate::value::Item;

/// The ends of a page in the order of the reading. `Walk` and `Pager` make it.
pub(super) struct Ends<'a> {
    owner: &'a CursorOwner,
    start: &'a Start,
    /// The keys of the item after which the reading goes on; `None` after the last page.
    pub(super) last: Option<Item>,
}

impl<'a> Ends<'a> {
    pub(super) fn of(owner: &'a CursorOwner, start: &'a Start, last: Option<Item>) -> Self {
        Self { owner, start, last }
    }

    /// Makes the page in the order of the reading: `next` goes on with the reading, `prev` goes against it.
    pub(super) fn page<O: Send + 'static, E: OnUnreadable>(
        self,
        raw: RawPage,
        items: PageItems<O, E>,
    ) -> Result<Page<E::Of<O>>, Error> {
        if let Some(last) = &self.last {
            self.owner.check(last)?;
        }
        let prev = self.against(&items);
        let onward = |last| self.owner.cursor(self.start.back, Some(last));
        Ok(Page {
            count: raw.count,
            scanned_count: raw.scanned_count,
            consumed_capacity: raw.consumed_capacity,
            items: items.into_items()?,
            next: self.last.map(onward),
            prev,
        })
    }

    /// Returns the cursor that reads against the reading, from before the first item. `None` if the read started at its first
    /// item, because there is nothing before it.
    fn against<O: Send + 'static, E: OnUnreadable>(
        &self,
        items: &PageItems<O, E>,
    ) -> Option<Cursor> {
        if !self.owner.has_way_back() || self.start.key.is_none() {
            return None;
        }
        let key = match items.first() {
            Some(item) => Some(self.owner.keys_of(item)?),
            None if items.seen() > 0 => return None,
            // The page has no item: its range has to be read again, from where the reading ended.
            None => self.last.clone(),
        };
        Some(self.owner.cursor(!self.start.back, key))
    }
}
