//! `.each()` of a scan, and of a scan in segments.

use super::{Each, forward, forward_request};
use crate::error::{DecodeError, Error};
use crate::executor::{DynamoDb, made_or_failed};
use crate::expr::{Condition, Explain, Selection};
use crate::page::{CursorSource, GoOn, ItemStream, Page, PageStream, Stop};
use crate::schema::{HasTtl, ProjectionOf, ScanFilter, Select, Source, StronglyConsistent};
use crate::verb::attrs::SourceAttrs;
use crate::verb::read::{Want, read_terminals};
use crate::verb::{ParallelScan, Scan};
use aws_sdk_dynamodb::operation::scan::ScanInput;
use futures_util::future::Either;

impl<S: Source, O: Send + 'static> Scan<S, O> {
    /// Hands out each item as a `Result<O, DecodeError>`, and goes on after one that does not read; see [`Each`].
    pub fn each(mut self) -> Each<Self> {
        self.read.names_keys = true;
        Each(self)
    }
}

impl<S: Source, O: Send + 'static> Each<Scan<S, O>> {
    forward! {
        Scan:
        page_size(items: u32);
        limit(items: usize);
        start_from(cursor: impl CursorSource);
        return_consumed_capacity();
        prefetch();
        exclude_expired() where [S::Table: HasTtl];
        consistent() where [S: StronglyConsistent];
        filter(condition: impl FnOnce(&SourceAttrs<S, ScanFilter<S>>) -> Condition);
    }

    forward_request!(Scan => ScanInput);

    /// Does what [`Scan::select`] does.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&SourceAttrs<S, Select<S>>) -> Sel,
    ) -> Each<Scan<S, Sel::Output>> {
        Each(self.0.select(attributes))
    }

    /// Does what [`Scan::select_as`] does.
    pub fn select_as<P: ProjectionOf<S>>(self) -> Each<Scan<S, P>> {
        Each(self.0.select_as())
    }

    /// Does what [`Scan::segments`] does.
    pub fn segments(self, segments: u32) -> Each<ParallelScan<S, O>> {
        Each(self.0.segments(segments))
    }

    fn reading(self) -> Scan<S, O> {
        self.0
    }
}

read_terminals!([S: Source, O: Send + 'static] Each<Scan<S, O>>, [S, O], Result<O, DecodeError>, GoOn);

impl<S: Source, O: Send + 'static> ParallelScan<S, O> {
    /// Hands out each item as a `Result<O, DecodeError>`, and goes on after one that does not read; see [`Each`].
    pub fn each(mut self) -> Each<Self> {
        self.scan.read.names_keys = true;
        Each(self)
    }
}

impl<S: Source, O: Send + 'static> Each<ParallelScan<S, O>> {
    /// Reads all pages of all segments and yields all items, in no order.
    ///
    /// # Errors
    ///
    /// As [`ParallelScan::fetch_all`], without the errors of single items.
    pub fn fetch_all(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<Vec<Result<O, DecodeError>>, Error>> + Send + 'static + use<S, O>
    {
        self.0.all::<GoOn>(db.clone())
    }

    /// Does what [`ParallelScan::count`] does.
    ///
    /// # Errors
    ///
    /// As [`ParallelScan::count`].
    pub fn count(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<usize, Error>> + Send + 'static + use<S, O> {
        self.0.count(db)
    }

    /// Yields the items one by one, in no order; a page is read when its items are needed.
    pub fn stream(self, db: &DynamoDb) -> ItemStream<Result<O, DecodeError>> {
        ItemStream::new(self.pages(db))
    }

    /// Yields the pages one by one, in no order; a page is read when it is needed.
    pub fn pages(self, db: &DynamoDb) -> PageStream<Result<O, DecodeError>> {
        PageStream::merged(self.0.pagers::<GoOn>(db, Want::Items))
    }
}
