//! `.each()` of a query.

use super::{Each, forward, forward_request};
use crate::error::{DecodeError, Error};
use crate::executor::{DynamoDb, made_or_failed};
use crate::expr::{Condition, Explain, Selection, SortCondition};
use crate::page::{CursorSource, GoOn, ItemStream, Page, PageStream, Stop};
use crate::schema::{Filter, HasSortKey, HasTtl, ProjectionOf, Select, Source, StronglyConsistent};
use crate::verb::attrs::SourceAttrs;
use crate::verb::query::{IsSet, Query, SortKeyUnset, SortOf};
use crate::verb::read::{Want, read_terminals};
use aws_sdk_dynamodb::operation::query::QueryInput;
use futures_util::future::Either;

impl<S: Source, O: Send + 'static, K: 'static> Query<S, O, K> {
    /// Hands out each item as a `Result<O, DecodeError>`, and goes on after one that does not read; see [`Each`].
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, total: u64 }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// let page = Orders::query("usr_1").limit(20).each().execute(&db).await?;
    /// let next = page.next().cloned();
    /// let (orders, unreadable) = page.split();
    /// # let _: (Vec<Orders>, Vec<dkmio::error::DecodeError>) = (orders, unreadable);
    /// # Ok(())
    /// # }
    /// ```
    pub fn each(mut self) -> Each<Self> {
        self.read.names_keys = true;
        Each(self)
    }
}

impl<S: Source, O: Send + 'static, K: 'static> Each<Query<S, O, K>> {
    forward! {
        Query:
        descending();
        page_size(items: u32);
        limit(items: usize);
        start_from(cursor: impl CursorSource);
        return_consumed_capacity();
        prefetch();
        exclude_expired() where [S::Table: HasTtl];
        consistent() where [S: StronglyConsistent];
        filter(condition: impl FnOnce(&SourceAttrs<S, Filter<S>>) -> Condition);
    }

    forward_request!(Query => QueryInput);

    /// Does what [`Query::sk`] does.
    pub fn sk<C>(self, condition: impl FnOnce(SortOf<S>) -> C) -> Each<Query<S, O, IsSet>>
    where
        C: SortCondition<S::Sk>,
        S: HasSortKey,
        K: SortKeyUnset,
    {
        Each(self.0.sk(condition))
    }

    /// Does what [`Query::sk_if`] does.
    pub fn sk_if<V, C>(
        self,
        value: Option<V>,
        condition: impl FnOnce(SortOf<S>, V) -> C,
    ) -> Each<Query<S, O, IsSet>>
    where
        C: SortCondition<S::Sk>,
        S: HasSortKey,
        K: SortKeyUnset,
    {
        Each(self.0.sk_if(value, condition))
    }

    /// Does what [`Query::select`] does.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&SourceAttrs<S, Select<S>>) -> Sel,
    ) -> Each<Query<S, Sel::Output, K>> {
        Each(self.0.select(attributes))
    }

    /// Does what [`Query::select_as`] does.
    pub fn select_as<P: ProjectionOf<S>>(self) -> Each<Query<S, P, K>> {
        Each(self.0.select_as())
    }

    fn reading(self) -> Query<S, O, K> {
        self.0
    }
}

read_terminals!([S: Source, O: Send + 'static, K: 'static] Each<Query<S, O, K>>, [S, O, K], Result<O, DecodeError>, GoOn);
