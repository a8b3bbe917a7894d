//! What queries and scans have in common.

use crate::attr::{DynAttr, Path};
use crate::error::{Error, InvalidProjection, ValidationCause};
use crate::expr::{
    Condition, Decoder, ExplainBuilder, Expression, ExpressionBuilder, Projection, Selected, and,
};
use crate::page::{Cursor, CursorOwner, Prepared, Start};
use crate::schema::{Source, Table};
use crate::value::Ttl;
use aws_sdk_dynamodb::types::{ReturnConsumedCapacity, Select};
use std::time::Duration;

/// The options that queries and scans share.
pub(super) struct Read<O> {
    pub(super) filter: Option<Condition>,
    /// Whether there was a filter, once it is in the expressions.
    filtered: bool,
    pub(super) decoder: Decoder<O>,
    pub(super) page_size: Option<u32>,
    pub(super) limit: Option<usize>,
    pub(super) start: Option<Cursor>,
    pub(super) consistent: bool,
    pub(super) return_consumed_capacity: bool,
    pub(super) exclude_expired: bool,
    pub(super) prefetch: bool,
    /// Whether the errors of items that do not read name their keys, also where those are not selected.
    pub(super) names_keys: bool,
}

impl<O> Clone for Read<O> {
    fn clone(&self) -> Self {
        Self {
            filter: self.filter.clone(),
            filtered: self.filtered,
            decoder: self.decoder.clone(),
            page_size: self.page_size,
            limit: self.limit,
            start: self.start.clone(),
            consistent: self.consistent,
            return_consumed_capacity: self.return_consumed_capacity,
            exclude_expired: self.exclude_expired,
            prefetch: self.prefetch,
            names_keys: self.names_keys,
        }
    }
}

/// What is wanted of a read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// One page, made of one request, or of as many as a limit takes.
    Page,
    /// Each page by itself.
    Pages,
    /// The items of all pages.
    Items,
    /// How many items there are.
    Count,
}

/// The expressions of a read.
pub(super) struct Expressions {
    pub(super) first: Expression,
    /// What the requests after the first one select, where that is more.
    pub(super) selected_later: Option<Selected>,
}

impl<O> Read<O> {
    pub(super) fn new(decoder: Decoder<O>) -> Self {
        Self {
            filter: None,
            filtered: false,
            decoder,
            page_size: None,
            limit: None,
            start: None,
            consistent: false,
            return_consumed_capacity: false,
            exclude_expired: false,
            prefetch: false,
            names_keys: false,
        }
    }

    pub(super) fn with<P>(self, decoder: Decoder<P>) -> Read<P> {
        Read {
            filter: self.filter,
            filtered: self.filtered,
            decoder,
            page_size: self.page_size,
            limit: self.limit,
            start: self.start,
            consistent: self.consistent,
            return_consumed_capacity: self.return_consumed_capacity,
            exclude_expired: self.exclude_expired,
            prefetch: self.prefetch,
            names_keys: self.names_keys,
        }
    }

    /// Adds what the options filter on.
    pub(super) fn complete<M: Table>(mut self) -> Self {
        if let (true, Some(attribute)) = (self.exclude_expired, M::SCHEMA.ttl()) {
            let ttl = DynAttr::from(Path::root(attribute));
            let alive = ttl.not_exists() | ttl.gt(Ttl::from_now(Duration::ZERO));
            and(&mut self.filter, alive);
        }
        self
    }

    /// Whether the items of a page are looked at one by one: to cut it after the last item of a limit that a filter let
    /// through, or to turn it round.
    pub(super) fn takes_pages_apart(&self) -> bool {
        let cuts = self.limit.is_some() && (self.filter.is_some() || self.exclude_expired);
        cuts || self.start.as_ref().is_some_and(Cursor::goes_back)
    }

    /// Drops what a count ignores: the projection, the page size and the limit.
    pub(super) fn for_count(mut self) -> Self {
        self.page_size = None;
        self.limit = None;
        self
    }

    pub(super) fn select(&self, want: Want) -> Option<Select> {
        (want == Want::Count).then_some(Select::Count)
    }

    pub(super) fn consistent_read(&self) -> Option<bool> {
        self.consistent.then_some(true)
    }

    pub(super) fn capacity(&self) -> Option<ReturnConsumedCapacity> {
        self.return_consumed_capacity
            .then_some(ReturnConsumedCapacity::Indexes)
    }

    /// Checks the options and the attributes that are named at run time, and renders filter and projection with what the
    /// builder has.
    pub(super) fn expressions<S: Source>(
        &mut self,
        builder: ExpressionBuilder,
        want: Want,
        owner: &CursorOwner,
    ) -> Result<Expressions, Error> {
        check_sizes(self.page_size, self.limit)?;
        self.filtered = self.filter.is_some();
        let paths = self.decoder.paths();
        let mut named: Vec<&Path> = paths.iter().collect();
        if let Some(filter) = &self.filter {
            filter.paths(&mut named);
        }
        check_projected::<S>(&named)?;
        let builder = builder.optional_filter(self.filter.take());
        if want == Want::Count || paths.is_empty() {
            return Ok(Expressions {
                first: builder.build()?,
                selected_later: None,
            });
        }
        let keys: Vec<Path> = owner.key_names().map(Path::root).collect();
        let with_keys = Projection::covering(paths.iter().chain(&keys));
        // A page is cut only where a filter hides how much must be read; the cut goes on after the last item's keys.
        let cuts = self.filtered && self.limit.is_some();
        // The page before is found by the first item's keys; where a walk begins there is none.
        let has_way_back = owner.has_way_back();
        if cuts || (has_way_back && self.start.is_some()) {
            return Ok(Expressions {
                first: builder.projection(with_keys).build()?,
                selected_later: None,
            });
        }
        let later = (has_way_back && want == Want::Pages)
            .then(|| builder.clone().projection(with_keys).build().ok())
            .flatten();
        let table_keys = S::Table::KEYS.iter().filter(|_| self.names_keys);
        let table_keys: Vec<Path> = table_keys.map(|key| Path::root(key.name())).collect();
        let projection = Projection::covering(paths.iter().chain(&table_keys));
        Ok(Expressions {
            first: builder.projection(projection).build()?,
            selected_later: later.map(Expression::into_selected),
        })
    }

    pub(super) fn prepare<S: Source, R>(
        self,
        request: R,
        owner: CursorOwner,
        start: Start,
        want: Want,
        selected_later: Option<Selected>,
    ) -> Prepared<R, O> {
        Prepared {
            request,
            decoder: self.decoder,
            owner,
            table: S::Table::SCHEMA.name(),
            table_keys: S::Table::KEYS,
            filtered: self.filtered,
            page_size: self.page_size,
            limit: self.limit,
            start,
            selected_later,
            hands_out_pages: matches!(want, Want::Page | Want::Pages),
            prefetch: self.prefetch,
        }
    }
}

fn check_sizes(page_size: Option<u32>, limit: Option<usize>) -> Result<(), Error> {
    if page_size == Some(0) {
        return Err(Error::invalid(
            ValidationCause::Value,
            "a page size of 0 reads nothing; DynamoDB takes 1 or more",
        ));
    }
    // An empty page without a cursor, which is all that there is to answer at the start, says that nothing follows.
    if limit == Some(0) {
        return Err(Error::invalid(
            ValidationCause::Value,
            "a limit of 0 returns nothing, and its page would look like the last; ask for 1 item or more",
        ));
    }
    Ok(())
}

/// Typed accessors cannot name what an index does not project; names given at run time can.
fn check_projected<S: Source>(paths: &[&Path]) -> Result<(), Error> {
    let Some(index) = S::INDEX else { return Ok(()) };
    let Some(projected) = index.projection().attributes(&S::Table::SCHEMA, index) else {
        return Ok(());
    };
    for path in paths {
        if !projected.contains(&path.attribute()) {
            let projected = projected.iter().map(|name| (*name).to_owned()).collect();
            return Err(Error::InvalidProjection(InvalidProjection::new(
                path.attribute(),
                index.name(),
                projected,
            )));
        }
    }
    Ok(())
}

/// DynamoDB refuses a query that filters on the keys of what it queries; typed accessors do too.
pub(super) fn check_no_key_filter<S: Source>(filter: Option<&Condition>) -> Result<(), Error> {
    let mut paths = Vec::new();
    if let Some(filter) = filter {
        filter.paths(&mut paths);
    }
    match paths.iter().find(|path| S::KEYS.contains(path.attribute())) {
        Some(path) => Err(Error::invalid(
            ValidationCause::Expression,
            format!(
                "a query cannot filter on its own key attribute `{}`; compare it in `.sk(|k| ..)`",
                path.attribute()
            ),
        )),
        None => Ok(()),
    }
}

/// The notes that tell what a read costs.
pub(super) fn notes(builder: ExplainBuilder, scan: bool, filtered: bool) -> ExplainBuilder {
    builder
        .note_if(
            scan,
            "a Scan reads, and is billed for, every item of the table or index",
        )
        .note_if(
            filtered,
            "the filter discards items after they were read and billed",
        )
}

/// The options of queries and scans; `$S` is the source, `$O` what is read of an item.
macro_rules! read_options {
    ([$($generics:tt)*] $builder:ty) => {
        impl<$($generics)*> $builder {
            /// Sets how many items one request reads at most, before the filter (DynamoDB's `Limit`); at least 1.
            pub fn page_size(mut self, items: u32) -> Self {
                self.read.page_size = Some(items);
                self
            }

            /// Sets how many items are returned at most, after the filter, over as many requests as that takes; at least 1.
            pub fn limit(mut self, items: usize) -> Self {
                self.read.limit = Some(items);
                self
            }

            /// Goes on where an earlier page of the same query or scan ended, by [`Page::next`], or reads the page before it, by
            /// [`Page::prev`]. `None` and [`Cursor::start`](crate::Cursor::start) begin at the start.
            ///
            /// From a cursor of a page before, items are read against the order of the query and handed out in it, the
            /// nearest to the cursor: `.limit(n)` tells how many. `pages` yields one page before the other; `stream` and
            /// `fetch_all` read all of them first, as the item that they begin with is read last.
            pub fn start_from(mut self, cursor: impl CursorSource) -> Self {
                self.read.start = cursor.into_cursor();
                self
            }

            /// Asks for the capacity that was used: [`Page::consumed_capacity`].
            pub fn return_consumed_capacity(mut self) -> Self {
                self.read.return_consumed_capacity = true;
                self
            }

            /// Reads the next page while the last one is worked on, in [`stream`](Self::stream), [`pages`](Self::pages) and
            /// [`fetch_all`](Self::fetch_all); without it a page is requested when it is asked for.
            ///
            /// Use it where all pages are wanted and the work on one takes as long as reading one. The page is read and
            /// decoded by a task on tokio's runtime, so that two pages are in memory at the most. A stream that is dropped
            /// ends its task; the page that was read ahead is billed all the same.
            pub fn prefetch(mut self) -> Self {
                self.read.prefetch = true;
                self
            }

            /// Leaves out the items whose time to live has passed, which DynamoDB may not have deleted yet. They are
            /// read and billed all the same.
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
pub(super) use read_options;

/// The ways to run a query or scan, which yield an `$item` for each item.
macro_rules! read_terminals {
    ([$($generics:tt)*] $builder:ty, [$($captured:ident),*]) => {
        read_terminals!([$($generics)*] $builder, [$($captured),*], O, Stop);
    };
    ([$($generics:tt)*] $builder:ty, [$($captured:ident),*], $item:ty, $on_unreadable:ident) => {
        impl<$($generics)*> $builder {
            /// Sends the request and yields one page; with a `.limit(n)`, as many requests as n items take.
            ///
            /// # Errors
            ///
            /// [`Error::InvalidCursor`] for a cursor of another query or scan, and any other error of this operation.
            pub fn execute(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<Page<$item>, Error>> + Send + 'static + use<$($captured),*> {
                self.run(db.clone())
            }

            fn run(
                self,
                db: DynamoDb,
            ) -> impl Future<Output = Result<Page<$item>, Error>> + Send + 'static + use<$($captured),*> {
                let reading = self.reading();
                let limited = reading.read.limit.is_some();
                made_or_failed(reading.pager::<$on_unreadable>(db, Want::Page).map(|pager| {
                    if limited {
                        // Boxed: it is the larger one, and the rarer.
                        Either::Left(Box::pin(pager.all()))
                    } else {
                        Either::Right(pager.into_page())
                    }
                }))
            }

            /// Reads all pages, or as many as `.limit(n)` takes, and yields all items.
            ///
            /// # Errors
            ///
            /// As [`execute`](Self::execute); what was read before an error is dropped. Use
            /// [`stream`](Self::stream) for more than fits in memory.
            pub fn fetch_all(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<Vec<$item>, Error>> + Send + 'static + use<$($captured),*> {
                let db = db.clone();
                async move {
                    let pager = self.reading().pager::<$on_unreadable>(db, Want::Items)?;
                    PageStream::of_items(Ok(pager)).into_items().await
                }
            }

            /// Yields the first item, reading on over pages that a filter empties.
            ///
            /// # Errors
            ///
            /// As [`execute`](Self::execute).
            pub fn first(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<Option<$item>, Error>> + Send + 'static + use<$($captured),*> {
                let mut reading = self.reading();
                reading.read.limit = Some(reading.read.limit.map_or(1, |limit| limit.min(1)));
                let db = db.clone();
                async move {
                    let page = reading.pager::<$on_unreadable>(db, Want::Items)?.all().await?;
                    Ok(page.into_iter().next())
                }
            }

            /// Counts the items on all pages (`Select=COUNT`), without fetching them; the selection, the page size
            /// and the limit do not matter to it. What is counted is read and billed.
            ///
            /// # Errors
            ///
            /// As [`execute`](Self::execute).
            pub fn count(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<usize, Error>> + Send + 'static + use<$($captured),*> {
                let mut reading = self.reading();
                reading.read = reading.read.for_count();
                let db = db.clone();
                async move { reading.pager::<Stop>(db, Want::Count)?.count().await }
            }

            /// Yields the items one by one, reading pages as they are wanted.
            pub fn stream(self, db: &DynamoDb) -> ItemStream<$item> {
                let pager = self.reading().pager::<$on_unreadable>(db.clone(), Want::Items);
                ItemStream::new(PageStream::of_items(pager))
            }

            /// Yields the pages one by one, reading them as they are wanted.
            pub fn pages(self, db: &DynamoDb) -> PageStream<$item> {
                PageStream::new(self.reading().pager::<$on_unreadable>(db.clone(), Want::Pages))
            }
        }

        /// Sends the request on the [default connection](DynamoDb::set_default).
        impl<$($generics)*> IntoFuture for $builder {
            type Output = Result<Page<$item>, Error>;
            type IntoFuture = $crate::verb::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
            }
        }
    };
}
pub(super) use read_terminals;
