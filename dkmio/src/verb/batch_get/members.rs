//! `BatchGetAll`: batch gets of several tables, run as one.

use super::builder::BatchGet;
use super::plan::BatchMember;
use super::results::Results;
use super::run::read_all;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::page::Stop;
use crate::schema::Table;
use crate::verb::batch::{BatchOptions, batch_options};
use crate::verb::terminals::BoxFuture;

/// Reads from several tables in one batch: a tuple of up to eight batch gets gives a tuple of their results.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String }
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let (orders, users) = dkmio::batch_get((Orders::batch_get(["ord_1"]), Users::batch_get(["usr_1", "usr_2"])))
///     .execute(&db)
///     .await?;
/// # let _: (Vec<Option<Orders>>, Vec<Option<Users>>) = (orders, users);
/// # Ok(())
/// # }
/// ```
pub fn batch_get<G: BatchGetMembers>(members: G) -> BatchGetAll<G> {
    BatchGetAll {
        members,
        options: BatchOptions::default(),
    }
}

/// A batch get over several tables; made by [`batch_get`].
#[must_use = "a batch get does nothing until `.execute(&db)` or `.await`"]
pub struct BatchGetAll<G> {
    members: G,
    options: BatchOptions,
}

batch_options!([G: BatchGetMembers] BatchGetAll<G>);

impl<G: BatchGetMembers> BatchGetAll<G> {
    /// Sends the requests.
    ///
    /// # Errors
    ///
    /// [`Error::Unprocessed`], and any other error of this operation when nothing was read.
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<G::Output, Error>> + Send + 'static + use<G> {
        let db = db.clone();
        async move { self.run(&db).await }
    }

    async fn run(mut self, db: &DynamoDb) -> Result<G::Output, Error> {
        let members = self.members.lower()?;
        let results = read_all(db, members, self.options).await?;
        self.members.decode(results)
    }
}

/// Sends the requests on the [default connection](DynamoDb::set_default).
impl<G: BatchGetMembers> IntoFuture for BatchGetAll<G> {
    type Output = Result<G::Output, Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(&DynamoDb::default_connection()?).await })
    }
}

/// The members of a batch get over several tables.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read in a batch",
    label = "expected a tuple of up to eight `batch_get`s"
)]
pub trait BatchGetMembers: Send + 'static {
    /// What is read: a tuple of vectors.
    type Output: Send + 'static;
    #[doc(hidden)]
    fn lower(&mut self) -> Result<Vec<BatchMember>, Error>;
    #[doc(hidden)]
    fn decode(self, results: Results) -> Result<Self::Output, Error>;
}

/// A batch get of one table in a batch over several.
pub trait BatchGetMember: Send + 'static {
    /// What is read of each item.
    type Item: Send + 'static;
    #[doc(hidden)]
    fn lower(&mut self) -> Result<BatchMember, Error>;
    #[doc(hidden)]
    fn decode(self, results: &mut Results, member: usize)
    -> Result<Vec<Option<Self::Item>>, Error>;
}

impl<M: Table, O: Send + 'static> BatchGetMember for BatchGet<M, O> {
    type Item = O;

    fn lower(&mut self) -> Result<BatchMember, Error> {
        Self::lower(self)
    }

    fn decode(self, results: &mut Results, member: usize) -> Result<Vec<Option<O>>, Error> {
        self.items::<Stop>(results, member)
    }
}

macro_rules! members {
    ($($G:ident $i:tt),*) => {
        impl<$($G: BatchGetMember),*> BatchGetMembers for ($($G,)*) {
            type Output = ($(Vec<Option<$G::Item>>,)*);

            fn lower(&mut self) -> Result<Vec<BatchMember>, Error> {
                Ok(vec![$(self.$i.lower()?),*])
            }

            fn decode(self, mut results: Results) -> Result<Self::Output, Error> {
                Ok(($(self.$i.decode(&mut results, $i)?,)*))
            }
        }
    };
}
members!(G0 0);
members!(G0 0, G1 1);
members!(G0 0, G1 1, G2 2);
members!(G0 0, G1 1, G2 2, G3 3);
members!(G0 0, G1 1, G2 2, G3 3, G4 4);
members!(G0 0, G1 1, G2 2, G3 3, G4 4, G5 5);
members!(G0 0, G1 1, G2 2, G3 3, G4 4, G5 5, G6 6);
members!(G0 0, G1 1, G2 2, G3 3, G4 4, G5 5, G6 6, G7 7);
