//! `.each()` of a get.

use super::{Each, forward, forward_request};
use crate::error::{DecodeError, Error};
use crate::executor::DynamoDb;
use crate::expr::{Explain, Selection};
use crate::page::GoOn;
use crate::schema::{HasTtl, ProjectionOf, Select, Table};
use crate::verb::attrs::Attrs;
use crate::verb::{BoxFuture, Get};
use aws_sdk_dynamodb::operation::get_item::GetItemInput;

impl<M: Table, O: Send + 'static> Get<M, O> {
    /// Hands out the item as a `Result<O, DecodeError>`, so that its error is apart from the errors of the read; see [`Each`].
    ///
    /// In a [`transact_get`](crate::transact_get) an item that does not read leaves the other items as they are.
    pub fn each(self) -> Each<Self> {
        Each(self)
    }
}

impl<M: Table, O: Send + 'static> Each<Get<M, O>> {
    forward! {
        Get:
        consistent();
        exclude_expired() where [M: HasTtl];
    }

    forward_request!(Get => GetItemInput);

    /// Does what [`Get::select`] does.
    pub fn select<Sel: Selection>(
        self,
        attributes: impl FnOnce(&Attrs<M, Select<M>>) -> Sel,
    ) -> Each<Get<M, Sel::Output>> {
        Each(self.0.select(attributes))
    }

    /// Does what [`Get::select_as`] does.
    pub fn select_as<P: ProjectionOf<M>>(self) -> Each<Get<M, P>> {
        Each(self.0.select_as())
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// As [`Get::execute`], without the error of the item.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<Option<Result<O, DecodeError>>, Error>> + Send + 'static + use<M, O>
    {
        self.0.find::<GoOn>(db.clone())
    }
}

/// Sends the request on the [default connection](DynamoDb::set_default).
impl<M: Table, O: Send + 'static> IntoFuture for Each<Get<M, O>> {
    type Output = Result<Option<Result<O, DecodeError>>, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.0.find::<GoOn>(DynamoDb::default_connection()?).await })
    }
}
