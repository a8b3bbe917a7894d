//! `.each()` of batch gets, from a list and from a stream of keys.

use super::{Each, forward};
use crate::error::{DecodeError, Error};
use crate::executor::DynamoDb;
use crate::expr::Selection;
use crate::page::GoOn;
use crate::schema::{HasTtl, ProjectionOf, Select, Table};
use crate::verb::attrs::Attrs;
use crate::verb::batch_get::{BatchGetMember, BatchMember, Results};
use crate::verb::terminals::BoxFuture;
use crate::verb::{BatchGet, BatchGetItems, BatchGetStream};
use std::time::Duration;

impl<M: Table, O: Send + 'static> BatchGet<M, O> {
    /// Hands out each item as a `Result<O, DecodeError>`, at the position of its key, and goes on after one that does not read;
    /// see [`Each`].
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error};
    /// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] id: String, total: u64 }
    /// # async fn run(db: DynamoDb) -> Result<(), Error> {
    /// for order in Orders::batch_get(["ord_1", "ord_2"]).each().execute(&db).await? {
    ///     match order {
    ///         Some(Ok(order)) => println!("{order:?}"),
    ///         Some(Err(error)) => println!("{error}"),
    ///         None => println!("there is none"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn each(self) -> Each<Self> {
        Each(self)
    }
}

impl<M: Table, O: Send + 'static> Each<BatchGet<M, O>> {
    forward! {
        BatchGet:
        consistent();
        exclude_expired() where [M: HasTtl];
        concurrency(requests: usize);
        retry_budget(budget: Duration);
    }

    /// Does what [`BatchGet::select`] does.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&Attrs<M, Select<M>>) -> Sel,
    ) -> Each<BatchGet<M, Sel::Output>> {
        Each(self.0.select(attributes))
    }

    /// Does what [`BatchGet::select_as`] does.
    pub fn select_as<P: ProjectionOf<M>>(self) -> Each<BatchGet<M, P>> {
        Each(self.0.select_as())
    }

    /// Sends the requests.
    ///
    /// # Errors
    ///
    /// As [`BatchGet::execute`], without the errors of single items.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<Vec<Option<Result<O, DecodeError>>>, Error>>
    + Send
    + 'static
    + use<M, O> {
        self.0.run::<GoOn>(db.clone())
    }
}

/// Sends the requests on the [default connection](DynamoDb::set_default).
impl<M: Table, O: Send + 'static> IntoFuture for Each<BatchGet<M, O>> {
    type Output = Result<Vec<Option<Result<O, DecodeError>>>, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.0.run::<GoOn>(DynamoDb::default_connection()?).await })
    }
}

impl<M: Table, O: Send + 'static> BatchGetMember for Each<BatchGet<M, O>> {
    type Item = Result<O, DecodeError>;

    fn lower(&mut self) -> Result<BatchMember, Error> {
        self.0.lower()
    }

    fn decode(
        self,
        results: &mut Results,
        member: usize,
    ) -> Result<Vec<Option<Self::Item>>, Error> {
        self.0.items::<GoOn>(results, member)
    }
}

impl<'k, M: Table, O: Send + 'static> BatchGetStream<'k, M, O> {
    /// Hands out each item as a `Result<O, DecodeError>`, as [`BatchGet::each`] does. The errors of the read end the stream.
    pub fn each(self) -> Each<Self> {
        Each(self)
    }
}

impl<'k, M: Table, O: Send + 'static> Each<BatchGetStream<'k, M, O>> {
    forward! {
        BatchGetStream:
        consistent();
        exclude_expired() where [M: HasTtl];
        concurrency(requests: usize);
        retry_budget(budget: Duration);
    }

    /// Does what [`BatchGetStream::select`] does.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&Attrs<M, Select<M>>) -> Sel,
    ) -> Each<BatchGetStream<'k, M, Sel::Output>> {
        Each(self.0.select(attributes))
    }

    /// Does what [`BatchGetStream::select_as`] does.
    pub fn select_as<P: ProjectionOf<M>>(self) -> Each<BatchGetStream<'k, M, P>> {
        Each(self.0.select_as())
    }

    /// Yields the items one by one, as [`BatchGetStream::stream`] does.
    ///
    /// # Errors
    ///
    /// As [`BatchGetStream::stream`], without the errors of single items.
    pub fn stream(self, db: &DynamoDb) -> BatchGetItems<'k, Result<O, DecodeError>> {
        self.0.items::<GoOn>(db)
    }
}
