use super::borrowed::holding;
use super::read::{Read, Want, check_no_key_filter, notes, read_options, read_terminals};
use super::{BorrowedQuery, SourceAttrs, incomplete};
use crate::error::{Error, InvalidCursor};
use crate::executor::{DynamoDb, Operation, made_or_failed};
use crate::expr::{
    Condition, Decoder, Explain, ExplainBuilder, Expression, KeyCondition, KeyOperator, Selection,
    SortKey, and,
};
use crate::page::{
    CursorOwner, CursorSource, ItemStream, OnUnreadable, Page, PageStream, Pager, Prepared, Stop,
};
use crate::schema::{
    BorrowedProjectionOf, Filter, HasSortKey, HasTtl, KeyElement, KeyValue, KeyValues,
    ProjectionOf, Select, Source, StronglyConsistent, Table, check_key_condition,
    check_sort_condition, key_values,
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
    partition: KeyValues,
    sort: Vec<(KeyOperator, KeyValues)>,
    descending: bool,
    pub(super) read: Read<O>,
    types: PhantomData<fn() -> (S, K)>,
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
            partition: self.partition.clone(),
            sort: self.sort.clone(),
            descending: self.descending,
            read: self.read.clone(),
            types: PhantomData,
        }
    }
}

impl<S: Source> Query<S> {
    #[doc(hidden)]
    pub fn new<P: KeyValue<S::Pk>>(partition: P) -> Self {
        Self {
            partition: key_values(partition, S::KEYS.partition().len()),
            sort: Vec::new(),
            descending: false,
            read: Read::new(Decoder::whole()),
            types: PhantomData,
        }
    }
}

impl<S: Source, O: Send + 'static, K: 'static> Query<S, O, K> {
    fn with<P, L>(self, decoder: Decoder<P>) -> Query<S, P, L> {
        Query {
            partition: self.partition,
            sort: self.sort,
            descending: self.descending,
            read: self.read.with(decoder),
            types: PhantomData,
        }
    }

    /// Sets the condition on the sort key (`KeyConditionExpression`), once: `eq`, `lt`, `le`, `gt`, `ge`, `between` or
    /// `begins_with`.
    pub fn sk<R>(
        mut self,
        condition: impl FnOnce(SortKey<S::Sk>) -> SortKey<R>,
    ) -> Query<S, O, IsSet>
    where
        S: HasSortKey,
        K: SortKeyUnset,
    {
        self.sort = condition(SortKey::start()).into_conditions();
        let decoder = self.read.decoder.clone();
        self.with(decoder)
    }

    /// Sets the condition on the sort key if there is a value for it, and else reads the whole partition: the query has the
    /// same type either way.
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
    pub fn sk_if<V, R>(
        self,
        value: Option<V>,
        condition: impl FnOnce(SortKey<S::Sk>, V) -> SortKey<R>,
    ) -> Query<S, O, IsSet>
    where
        S: HasSortKey,
        K: SortKeyUnset,
    {
        match value {
            Some(value) => self.sk(|k| condition(k, value)),
            None => {
                let decoder = self.read.decoder.clone();
                self.with(decoder)
            }
        }
    }

    /// Keeps only the items for which the condition holds (`FilterExpression`); called again, joins with AND.
    ///
    /// What is dropped was read and is billed. The keys of what is queried cannot be filtered on.
    pub fn filter(
        mut self,
        condition: impl FnOnce(&SourceAttrs<S, Filter<S>>) -> Condition,
    ) -> Self {
        and(&mut self.read.filter, condition(&Default::default()));
        self
    }

    /// Reads these attributes only (`ProjectionExpression`), as one value or a tuple.
    ///
    /// The items are read and billed as a whole all the same; less of them is sent.
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
    /// For readers that look at each row and keep little: no row is collected, and no string copied. Strings that
    /// are written as they are, such as ids, read as `&str`; text that may have quotes, line ends or backslashes in it, which
    /// have escapes in JSON, reads as `#[serde(borrow)] Cow<str>`, which copies those only.
    ///
    /// It comes last, behind the other options.
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
        let decoder = holding::<S, P>(self.read.takes_pages_apart());
        BorrowedQuery::new(self.with(decoder))
    }

    /// Yields the items without the model, as DynamoDB's values.
    pub fn raw(self) -> Query<S, Item, K> {
        let paths = self.read.decoder.paths().to_vec();
        self.with(Decoder::raw(paths))
    }

    /// Reads from the end of the sort key to its beginning (`ScanIndexForward = false`).
    pub fn descending(mut self) -> Self {
        self.descending = true;
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
            .index(input.index_name())
            .key_condition(input.key_condition_expression())
            .filter(input.filter_expression())
            .projection(input.projection_expression())
            .names(input.expression_attribute_names())
            .values(input.expression_attribute_values())
            .option("Limit", input.limit())
            .option("ScanIndexForward", input.scan_index_forward())
            .option("ConsistentRead", input.consistent_read())
            .option(
                "ReturnConsumedCapacity",
                input.return_consumed_capacity().map(|c| c.as_str()),
            )
            .start_key(input.exclusive_start_key());
        Ok(notes(builder, false, input.filter_expression().is_some()).build())
    }

    /// Returns the SDK's input for the first page.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::InvalidProjection`], [`Error::InvalidCursor`], [`Error::Encode`] and
    /// [`Error::Validation`] for what DynamoDB would refuse, or answer with less than was asked for.
    pub fn into_input(self) -> Result<QueryInput, Error> {
        self.lower(Want::Page)
            .map(Prepared::into_first_request)
            .map_err(located::<S>)
    }

    /// Returns itself: what is run.
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

    fn lower(mut self, want: Want) -> Result<Prepared<QueryInput, O>, Error> {
        self.read = self.read.complete::<S::Table>();
        check_no_key_filter::<S>(self.read.filter.as_ref())?;
        let partition = self.partition.map_err(|e| e.into_encode(None))?;
        check_key_condition(S::KEYS, &partition)?;
        for (element, (_, values)) in S::KEYS.sort().iter().zip(&self.sort) {
            check_sort_condition(element, values.as_deref().unwrap_or_default())?;
        }
        let owner = CursorOwner::new::<S>(Some(&partition));
        let start = owner.start(self.read.start.as_ref(), &partition)?;
        if let Some(key) = &start.key {
            check_within(S::KEYS.sort(), &self.sort, key)?;
        }
        let key_condition = KeyCondition::typed(S::KEYS, partition, self.sort);
        let builder = Expression::builder().key_condition(key_condition);
        let expressions = self.read.expressions::<S>(builder, want, &owner)?;
        let expression = expressions.first;
        let input = QueryInput::builder()
            .table_name(S::Table::SCHEMA.name())
            .set_index_name(S::INDEX.map(|index| index.name().to_owned()))
            .set_key_condition_expression(expression.key_condition)
            .set_filter_expression(expression.filter)
            .set_projection_expression(expression.projection)
            .set_expression_attribute_names(expression.names)
            .set_expression_attribute_values(expression.values)
            .set_select(self.read.select(want))
            .set_scan_index_forward((self.descending != start.back).then_some(false))
            .set_consistent_read(self.read.consistent_read())
            .set_return_consumed_capacity(self.read.capacity())
            .build()
            .map_err(incomplete)?;
        let later = expressions.selected_later;
        Ok(self.read.prepare::<S, _>(input, owner, start, want, later))
    }
}

/// Checks that a query goes on within its range, as DynamoDB does.
///
/// The key is compared and not the condition that the cursor was made under: a range such as the last thirty days moves
/// from request to request, and its cursors go on.
fn check_within(
    elements: &[KeyElement],
    conditions: &[(KeyOperator, KeyValues)],
    key: &Item,
) -> Result<(), Error> {
    for (element, (operator, values)) in elements.iter().zip(conditions) {
        // Values that cannot be encoded are reported with the rest of the expression.
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
