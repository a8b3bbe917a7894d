//! `Scan`: reads all items of a table or index.

mod borrowed;

pub use self::borrowed::BorrowedScan;
use super::attrs::SourceAttrs;
use super::read::{ReadOptions, Want, explain_read, notes, read_options, read_terminals};
use crate::error::Error;
use crate::executor::{DynamoDb, Operation, made_or_failed};
use crate::expr::{Condition, Decoder, Explain, ExplainBuilder, Expression, Selection, and};
use crate::page::{
    CursorOwner, CursorSource, ItemStream, OnUnreadable, Page, PageStream, Pager, Prepared, Stop,
};
use crate::schema::{
    BorrowedProjectionOf, HasTtl, ProjectionOf, ScanFilter, Select, Source, StronglyConsistent,
    Table,
};
use crate::value::Item;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use futures_util::future::Either;
use std::marker::PhantomData;

/// Reads all items of a table or index: DynamoDB's `Scan`.
///
/// Made by the model's `scan`, or by that of an index. DynamoDB reads and bills every item, also those that the filter drops:
/// prefer a query if there is a key to query by.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, status: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let mut pending = Orders::scan().filter(|o| o.status().eq("PENDING")).stream(&db);
/// while let Some(order) = pending.next().await {
///     println!("{:?}", order?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a scan does nothing until it is executed, streamed or awaited"]
pub struct Scan<S: Source, O = <S as Source>::Item> {
    pub(super) read: ReadOptions,
    pub(super) decoder: Decoder<O>,
    source: PhantomData<fn() -> S>,
}

impl<S: Source, O> Clone for Scan<S, O> {
    fn clone(&self) -> Self {
        Self {
            read: self.read.clone(),
            decoder: self.decoder.clone(),
            source: PhantomData,
        }
    }
}

impl<S: Source> Scan<S> {
    #[doc(hidden)]
    #[allow(clippy::new_without_default, reason = "made by generated code only")]
    pub fn new() -> Self {
        Self {
            read: ReadOptions::default(),
            decoder: Decoder::whole::<S::Table>(),
            source: PhantomData,
        }
    }
}

impl<S: Source, O: Send + 'static> Scan<S, O> {
    /// Returns the scan with another decoder.
    pub(super) fn with<P>(self, decoder: Decoder<P>) -> Scan<S, P> {
        Scan {
            read: self.read,
            decoder,
            source: PhantomData,
        }
    }

    /// Keeps only the items for which the condition holds (`FilterExpression`); called again, joins with AND.
    ///
    /// DynamoDB reads and bills the items that it drops.
    pub fn filter(
        mut self,
        condition: impl FnOnce(&SourceAttrs<S, ScanFilter<S>>) -> Condition,
    ) -> Self {
        and(&mut self.read.filter, condition(&Default::default()));
        self
    }

    /// Reads these attributes only (`ProjectionExpression`), as one value or a tuple.
    ///
    /// DynamoDB reads and bills the whole items, but sends only these attributes.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&SourceAttrs<S, Select<S>>) -> Sel,
    ) -> Scan<S, Sel::Output> {
        let selection = attributes(&Default::default());
        self.with(Decoder::of_selection(&selection))
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection).
    pub fn select_as<P: ProjectionOf<S>>(self) -> Scan<S, P> {
        self.with(Decoder::of_names(P::NAMES))
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection) and has a lifetime: its rows borrow from
    /// the page, which keeps the answer's bytes. See [`Query::select_borrowed`](crate::Query::select_borrowed).
    ///
    /// It comes after the other options. The segments of a parallel scan have owned rows only.
    pub fn select_borrowed<P: BorrowedProjectionOf<S>>(self) -> BorrowedScan<S, P> {
        let decoder = Decoder::unread(P::NAMES, !self.read.takes_pages_apart());
        BorrowedScan::new(self.with(decoder))
    }

    /// Yields the items without the model, as DynamoDB's values.
    pub fn raw(self) -> Scan<S, Item> {
        let paths = self.decoder.paths().to_vec();
        self.with(Decoder::raw(paths))
    }

    /// Returns the request as it would be sent for the first page.
    ///
    /// # Errors
    ///
    /// What [`Scan::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        let builder = ExplainBuilder::new(ScanInput::NAME, input.table_name());
        let builder = explain_read!(builder, input);
        Ok(notes::<S>(builder, true, &self.read, input.filter_expression()).build())
    }

    /// Returns the SDK's input for the first page.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidProjection`], [`Error::InvalidCursor`], [`Error::Encode`] and [`Error::Validation`] for what
    /// DynamoDB would refuse, or answer with fewer attributes than are selected.
    pub fn into_input(self) -> Result<ScanInput, Error> {
        self.lower(Want::Page)
            .map(Prepared::into_first_request)
            .map_err(located::<S>)
    }

    pub(super) fn is_bounded(&self) -> bool {
        self.read.limit.is_some() || self.read.start.is_some()
    }

    pub(super) fn for_count(mut self) -> Self {
        self.read.for_count();
        self
    }

    /// Returns the pager of one segment of several.
    pub(super) fn segment_pager<E: OnUnreadable>(
        self,
        db: DynamoDb,
        want: Want,
        (segment, total): (u32, u32),
    ) -> Result<Pager<ScanInput, O, E>, Error> {
        self.lower(want)
            .map(|mut prepared| {
                prepared.request.segment = i32::try_from(segment).ok();
                prepared.request.total_segments = i32::try_from(total).ok();
                Pager::new(db, prepared)
            })
            .map_err(located::<S>)
    }

    /// Returns the scan that is run: itself.
    fn reading(self) -> Self {
        self
    }

    pub(super) fn pager<E: OnUnreadable>(
        self,
        db: DynamoDb,
        want: Want,
    ) -> Result<Pager<ScanInput, O, E>, Error> {
        self.lower(want)
            .map(|prepared| Pager::new(db, prepared))
            .map_err(located::<S>)
    }

    fn lower(self, want: Want) -> Result<Prepared<ScanInput, O>, Error> {
        let owner = CursorOwner::new::<S>(None);
        let start = owner.start(self.read.start.as_ref(), &[])?;
        let walk = (owner, start);
        self.read
            .prepare::<S, _, _>(Expression::builder(), self.decoder, walk, want)
    }
}

fn located<S: Source>(error: Error) -> Error {
    error.for_request(ScanInput::NAME, S::Table::SCHEMA.name())
}

read_options!([S: Source, O: Send + 'static] Scan<S, O>);
read_terminals!([S: Source, O: Send + 'static] Scan<S, O>, [S, O]);

impl<S: Source, O: Send + 'static> TryFrom<Scan<S, O>> for ScanInput {
    type Error = Error;

    fn try_from(scan: Scan<S, O>) -> Result<Self, Error> {
        scan.into_input()
    }
}
