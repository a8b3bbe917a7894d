//! `ReadOptions`: the options that queries and scans share, and their setters.

use crate::attr::{DynAttr, Path};
use crate::expr::{Condition, and};
use crate::page::Cursor;
use crate::schema::Table;
use crate::value::Ttl;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, Select};
use std::time::Duration;

/// A query or scan without its keys and without what it yields.
#[derive(Clone, Default)]
pub(in crate::verb) struct ReadOptions {
    pub(in crate::verb) filter: Option<Condition>,
    pub(in crate::verb) page_size: Option<u32>,
    pub(in crate::verb) limit: Option<usize>,
    pub(in crate::verb) start: Option<Cursor>,
    pub(in crate::verb) consistent: bool,
    pub(in crate::verb) return_consumed_capacity: bool,
    pub(in crate::verb) exclude_expired: bool,
    pub(in crate::verb) prefetch: bool,
    /// `true` reads the table's keys even if they are not selected, so that the error of an item can name them.
    pub(in crate::verb) names_keys: bool,
}

/// What a read is run for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::verb) enum Want {
    /// One page, of one request, or of as many requests as a limit takes.
    Page,
    /// Each page by itself.
    Pages,
    /// The items of all pages.
    Items,
    /// The number of items.
    Count,
}

impl ReadOptions {
    /// Adds to the filter what `exclude_expired` means.
    pub(super) fn complete<M: Table>(&mut self) {
        if let (true, Some(attribute)) = (self.exclude_expired, M::SCHEMA.ttl()) {
            let ttl = DynAttr::from(Path::root(attribute));
            let alive = ttl.not_exists() | ttl.gt(Ttl::from_now(Duration::ZERO));
            and(&mut self.filter, alive);
        }
    }

    /// `true` if the items of a page are needed one by one: to cut the page after the last item of a limit that a filter
    /// let through, or to reverse it.
    pub(in crate::verb) fn takes_pages_apart(&self) -> bool {
        let cuts = self.limit.is_some() && (self.filter.is_some() || self.exclude_expired);
        cuts || self.start.as_ref().is_some_and(Cursor::goes_back)
    }

    /// Drops what a count ignores: the page size and the limit.
    pub(in crate::verb) fn for_count(&mut self) {
        self.page_size = None;
        self.limit = None;
    }

    /// Returns `Select` of the request.
    pub(super) fn select(want: Want, is_told: bool) -> Option<Select> {
        // Where dkmio tells the kinds of the items, it counts them too.
        (want == Want::Count && is_told).then_some(Select::Count)
    }

    /// Returns `ConsistentRead` of the request.
    pub(super) fn consistent_read(&self) -> Option<bool> {
        self.consistent.then_some(true)
    }

    /// Returns `ReturnConsumedCapacity` of the request.
    pub(super) fn capacity(&self) -> Option<ReturnConsumedCapacity> {
        self.return_consumed_capacity
            .then_some(ReturnConsumedCapacity::Indexes)
    }
}

/// Gives a builder the setters of its `read: ReadOptions`. The builder's source is `S`.
macro_rules! read_options {
    ([$($generics:tt)*] $builder:ty) => {
        impl<$($generics)*> $builder {
            /// Sets the most items that one request reads, before the filter (DynamoDB's `Limit`); at least 1.
            pub fn page_size(mut self, items: u32) -> Self {
                self.read.page_size = Some(items);
                self
            }

            /// Sets the most items that the read returns, after the filter, from as many requests as that takes; at least 1.
            pub fn limit(mut self, items: usize) -> Self {
                self.read.limit = Some(items);
                self
            }

            /// Starts from a cursor: [`Page::next`] reads on after that page, [`Page::prev`] reads the page before it. `None` and
            /// [`Cursor::start`](crate::Cursor::start) start at the first item.
            ///
            /// From the cursor of a page before, DynamoDB reads the items nearest to the cursor, `.limit(n)` of them, against the
            /// order of the query; dkmio hands them out in the order of the query. `pages` yields each page before the one that it
            /// yielded last. `stream` and `fetch_all` read all pages first, because the item that comes first is read last.
            pub fn start_from(mut self, cursor: impl CursorSource) -> Self {
                self.read.start = cursor.into_cursor();
                self
            }

            /// Asks DynamoDB for the capacity that the read uses: [`Page::consumed_capacity`].
            pub fn return_consumed_capacity(mut self) -> Self {
                self.read.return_consumed_capacity = true;
                self
            }

            /// Reads the next page while you work on the last one, in [`stream`](Self::stream), [`pages`](Self::pages) and
            /// [`fetch_all`](Self::fetch_all). Without this option a page is requested when you ask for it.
            ///
            /// Use it if you need all pages, and the work on a page takes about as long as reading one. A task on tokio's runtime
            /// reads and decodes the page, so that at most two pages are in memory. Dropping the stream ends the task; the page
            /// that was read ahead is billed.
            pub fn prefetch(mut self) -> Self {
                self.read.prefetch = true;
                self
            }

            /// Leaves out items whose time to live has passed, because DynamoDB may not have deleted them yet. They are read
            /// and billed.
            pub fn exclude_expired(mut self) -> Self
            where
                S::Table: HasTtl,
            {
                self.read.exclude_expired = true;
                self
            }

            /// Reads with strong consistency (`ConsistentRead`), at twice the capacity; not on a global index.
            pub fn consistent(mut self) -> Self
            where
                S: StronglyConsistent,
            {
                self.read.consistent = true;
                self
            }
        }
    };
}
pub(in crate::verb) use read_options;
