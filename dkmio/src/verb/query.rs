//! `Query`: reads the items of one partition.

mod borrowed;

pub use self::borrowed::BorrowedQuery;
use super::attrs::SourceAttrs;
use super::read::{ReadOptions, Want, explain_read, notes, read_options, read_terminals};
use crate::error::{Error, InvalidCursor};
use crate::executor::{DynamoDb, Operation, made_or_failed};
use crate::expr::{
    Condition, Decoder, Explain, ExplainBuilder, Expression, KeyCondition, KeyOperator, Selection,
    SortCondition, and, made_by,
};
use crate::page::{
    CursorOwner, CursorSource, ItemStream, OnUnreadable, Page, PageStream, Pager, Prepared, Stop,
};
use crate::schema::{
    BorrowedProjectionOf, Filter, HasSortKey, HasTtl, KeyElement, KeyFault, KeyValue, KeyValues,
    ProjectionOf, Select, SortStart, Source, StronglyConsistent, Table, check_key_condition,
    check_sort_condition, partition_values, sort_template,
};
use crate::value::Item;
use aws_sdk_dynamodb::operation::query::QueryInput;
use futures_util::future::Either;
use std::marker::PhantomData;

/// Reads the items of one partition of a table or index, in the order of the sort key: DynamoDB's `Query`.
///
/// Made by the model's `query`, or by that of an index.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # #[gsi(by_status, name = "gsi-status", pk = status, sk = created_at, project(total))]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, status: String, created_at: String, total: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let newest: Option<Orders> = Orders::query("usr_123").descending().first(&db).await?;
///
/// let page = Orders::by_status()
///     .query("PENDING")
///     .sk(|k| k.ge("2025-01-01"))
///     .filter(|o| o.total().ge(100))
///     .select(|o| (o.user_id(), o.total()))
///     .execute(&db)
///     .await?;
/// for (user, total) in &page {
///     println!("{user}: {total}");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is executed, streamed or awaited"]
pub struct Query<S: Source, O = <S as Source>::Item, K = Unset> {
    range: KeyRange,
    pub(super) read: ReadOptions,
    pub(super) decoder: Decoder<O>,
    types: PhantomData<fn() -> (S, K)>,
}

/// What the closure of `.sk(..)` gets.
pub(super) type SortOf<S> = <<S as Source>::Sk as SortStart>::Start;

/// The keys that a query reads, and in which order.
#[derive(Clone)]
struct KeyRange {
    partition: KeyValues,
    /// The conditions on the sort key's attributes, in their order.
    sort: Vec<(KeyOperator, KeyValues)>,
    descending: bool,
}

/// A query that has no sort key condition yet.
pub struct Unset;
/// A query that has its sort key condition.
pub struct IsSet;

/// The query has no sort key condition yet.
#[diagnostic::on_unimplemented(
    message = "this query has its sort key condition already",
    label = "a second condition on the sort key",
    note = "use one condition, such as `.sk(|k| k.between(low, high))`"
)]
pub trait SortKeyUnset {}
#[diagnostic::do_not_recommend]
impl SortKeyUnset for Unset {}

impl<S: Source, O, K> Clone for Query<S, O, K> {
    fn clone(&self) -> Self {
        Self {
            range: self.range.clone(),
            read: self.read.clone(),
            decoder: self.decoder.clone(),
            types: PhantomData,
        }
    }
}

impl<S: Source> Query<S> {
    #[doc(hidden)]
    pub fn new<P: KeyValue<S::Pk>>(partition: P) -> Self {
        Self {
            range: KeyRange {
                partition: partition_values::<S>(partition),
                sort: Vec::new(),
                descending: false,
            },
            read: ReadOptions::default(),
            decoder: Decoder::whole::<S::Table>(),
            types: PhantomData,
        }
    }
}

impl<S: Source, O: Send + 'static, K: 'static> Query<S, O, K> {
    /// Returns the query with another decoder.
    pub(super) fn with<P, L>(self, decoder: Decoder<P>) -> Query<S, P, L> {
        Query {
            range: self.range,
            read: self.read,
            decoder,
            types: PhantomData,
        }
    }

    /// Returns the query with this condition on the sort key.
    fn with_sort(self, sort: Vec<(KeyOperator, KeyValues)>) -> Query<S, O, IsSet> {
        Query {
            range: KeyRange { sort, ..self.range },
            read: self.read,
            decoder: self.decoder,
            types: PhantomData,
        }
    }

    /// Sets the condition on the sort key (`KeyConditionExpression`), once: `eq`, `lt`, `le`, `gt`, `ge`, `between` or
    /// `begins_with`.
    pub fn sk<C>(self, condition: impl FnOnce(SortOf<S>) -> C) -> Query<S, O, IsSet>
    where
        C: SortCondition<S::Sk>,
        S: HasSortKey,
        K: SortKeyUnset,
    {
        self.with_sort(condition(S::Sk::start()).into_conditions().0)
    }

    /// Sets the condition on the sort key if there is a value for it; without a value reads the whole partition. The query has
    /// the same type in both cases.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::DynamoTable;
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] order_id: String }
    /// # fn run(since: Option<&str>) -> Result<(), dkmio::Error> {
    /// let query = Orders::query("usr_123").sk_if(since, |k, since| k.ge(since));
    /// # query.explain()?;
    /// # Ok(())
    /// # }
    /// # run(None).and(run(Some("ord_456"))).unwrap();
    /// ```
    pub fn sk_if<V, C>(
        self,
        value: Option<V>,
        condition: impl FnOnce(SortOf<S>, V) -> C,
    ) -> Query<S, O, IsSet>
    where
        C: SortCondition<S::Sk>,
        S: HasSortKey,
        K: SortKeyUnset,
    {
        match value {
            Some(value) => self.sk(|k| condition(k, value)),
            None => self.with_sort(Vec::new()),
        }
    }

    /// Keeps only the items for which the condition holds (`FilterExpression`); called again, joins with AND.
    ///
    /// DynamoDB reads and bills the items that it drops. A query cannot filter on the keys of its table or index.
    pub fn filter(
        mut self,
        condition: impl FnOnce(&SourceAttrs<S, Filter<S>>) -> Condition,
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
    ) -> Query<S, Sel::Output, K> {
        let selection = attributes(&Default::default());
        self.with(Decoder::of_selection(&selection))
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection).
    pub fn select_as<P: ProjectionOf<S>>(self) -> Query<S, P, K> {
        self.with(Decoder::of_names(P::NAMES))
    }

    /// Reads into a struct that derives [`Projection`](derive@crate::Projection) and has a lifetime: its rows borrow from
    /// the page, which keeps the answer's bytes.
    ///
    /// Use it to look at each row and keep little of it: no row is collected, and no string copied. A string that has no
    /// escapes in JSON, such as an id, reads as `&str`. Text that may have quotes, line ends or backslashes reads as
    /// `#[serde(borrow)] Cow<str>`, which copies the text only if it has one of them.
    ///
    /// It comes after the other options.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error, Projection};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, note: String, total: u64 }
    /// use std::borrow::Cow;
    ///
    /// #[derive(serde::Deserialize, Projection)]
    /// #[projection(of = Orders)]
    /// struct Row<'a> {
    ///     order_id: &'a str,
    ///     #[serde(borrow)]
    ///     note: Cow<'a, str>,
    ///     total: u64,
    /// }
    ///
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let db = DynamoDb::embedded();
    /// # db.create_table::<Orders>().await?;
    /// # let order = Orders { user_id: "usr_123".into(), order_id: "ord_456".into(), note: "\"now\"".into(), total: 7 };
    /// # Orders::put(&order).execute(&db).await?;
    /// let page = Orders::query("usr_123").select_borrowed::<Row<'_>>().execute(&db).await?;
    /// let mut sum = 0;
    /// for row in page.rows() {
    ///     let row = row?;
    ///     println!("{}: {}", row.order_id, row.note);
    ///     sum += row.total;
    /// }
    /// # assert_eq!(sum, 7);
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "embedded"))]
    /// # fn main() {}
    /// ```
    pub fn select_borrowed<P: BorrowedProjectionOf<S>>(self) -> BorrowedQuery<S, P> {
        let decoder = Decoder::unread(P::NAMES, !self.read.takes_pages_apart());
        BorrowedQuery::new(self.with(decoder))
    }

    /// Yields the items without the model, as DynamoDB's values.
    pub fn raw(self) -> Query<S, Item, K> {
        let paths = self.decoder.paths().to_vec();
        self.with(Decoder::raw(paths))
    }

    /// Reads from the end of the sort key to its beginning (`ScanIndexForward = false`).
    pub fn descending(mut self) -> Self {
        self.range.descending = true;
        self
    }

    /// Returns the request as it would be sent for the first page.
    ///
    /// # Errors
    ///
    /// What [`Query::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        let builder = ExplainBuilder::new(QueryInput::NAME, input.table_name())
            .key_condition(input.key_condition_expression());
        let order = input.scan_index_forward();
        let builder = explain_read!(builder, input, "ScanIndexForward": order);
        Ok(notes::<S>(builder, false, &self.read, input.filter_expression()).build())
    }

    /// Returns the SDK's input for the first page.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::InvalidProjection`], [`Error::InvalidCursor`], [`Error::Encode`] and
    /// [`Error::Validation`] for what DynamoDB would refuse, or answer with fewer attributes than are selected.
    pub fn into_input(self) -> Result<QueryInput, Error> {
        self.lower(Want::Page)
            .map(Prepared::into_first_request)
            .map_err(located::<S>)
    }

    /// Returns the query that is run: itself.
    fn reading(self) -> Self {
        self
    }

    pub(super) fn pager<E: OnUnreadable>(
        self,
        db: DynamoDb,
        want: Want,
    ) -> Result<Pager<QueryInput, O, E>, Error> {
        self.lower(want)
            .map(|prepared| Pager::new(db, prepared))
            .map_err(located::<S>)
    }

    fn lower(self, want: Want) -> Result<Prepared<QueryInput, O>, Error> {
        let KeyRange {
            partition,
            mut sort,
            descending,
        } = self.range;
        // The items of an entity have sort keys that its template makes.
        if sort.is_empty()
            && let Some(template) = sort_template::<S>()
        {
            sort.extend(made_by(template));
        }
        let partition = partition.map_err(KeyFault::into_error)?;
        check_key_condition(S::KEYS, &partition)?;
        for (element, (_, values)) in S::KEYS.sort().iter().zip(&sort) {
            check_sort_condition(element, values.as_deref().unwrap_or_default())?;
        }
        let owner = CursorOwner::new::<S>(Some(&partition));
        let start = owner.start(self.read.start.as_ref(), &partition)?;
        if let Some(key) = &start.key {
            check_within(S::KEYS.sort(), &sort, key)?;
        }
        let forward = (descending != start.back).then_some(false);
        let key_condition = KeyCondition::typed(S::KEYS, partition, sort);
        let builder = Expression::builder().key_condition(key_condition);
        let walk = (owner, start);
        let prepared = self
            .read
            .prepare::<S, _, _>(builder, self.decoder, walk, want);
        prepared.map(|mut prepared: Prepared<QueryInput, O>| {
            prepared.request.scan_index_forward = forward;
            prepared
        })
    }
}

/// Checks that the key of a cursor is within the condition on the sort key, as DynamoDB does.
///
/// It does not compare the condition under which the cursor was made, because a range such as the last thirty days moves from
/// request to request, and its cursors must stay valid.
fn check_within(
    elements: &[KeyElement],
    conditions: &[(KeyOperator, KeyValues)],
    key: &Item,
) -> Result<(), Error> {
    for (element, (operator, values)) in elements.iter().zip(conditions) {
        // A value that cannot be encoded is reported when the expression is rendered.
        if let (Some(value), Ok(values)) = (key.get(element.name()), values)
            && !operator.holds(value, values)
        {
            return Err(Error::InvalidCursor(InvalidCursor::new(format!(
                "the cursor lies outside the condition on `{}`; it is of another range, start again without one",
                element.name()
            ))));
        }
    }
    Ok(())
}

fn located<S: Source>(error: Error) -> Error {
    error.for_request(QueryInput::NAME, S::Table::SCHEMA.name())
}

read_options!([S: Source, O: Send + 'static, K: 'static] Query<S, O, K>);
read_terminals!([S: Source, O: Send + 'static, K: 'static] Query<S, O, K>, [S, O, K]);

impl<S: Source, O: Send + 'static, K: 'static> TryFrom<Query<S, O, K>> for QueryInput {
    type Error = Error;

    fn try_from(query: Query<S, O, K>) -> Result<Self, Error> {
        query.into_input()
    }
}
