//! `Save`: a put that leaves in the struct what it has written.

use super::attrs::Attrs;
use super::put::Put;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::expr::{Condition, Explain};
use crate::schema::{Check, HasVersion, Table};
use crate::value::clock;
use std::time::Duration;

/// Writes a whole item and leaves in the struct what was written: the next version, and the times. DynamoDB's `PutItem`.
///
/// Made by the `save` of a model with a `#[version]`, a `#[created_at]` or an `#[updated_at]`. If the request fails, the struct
/// stays as it is.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error, Version};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String, status: String, #[version] version: Version }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let mut order = Orders { id: "ord_1".to_owned(), status: "NEW".to_owned(), version: Version::NEW };
/// Orders::save(&mut order).execute(&db).await?;
/// assert_eq!(order.version, Version::new(1));
/// order.status = "PAID".to_owned();
/// Orders::save(&mut order).execute(&db).await?;
/// assert_eq!(order.version, Version::new(2));
/// # Ok(())
/// # }
/// ```
#[must_use = "a save does nothing until `.execute(&db)` or `.await`"]
pub struct Save<'m, M> {
    item: &'m mut M,
    put: Put<M>,
    now: Duration,
}

impl<'m, M: Table> Save<'m, M> {
    #[doc(hidden)]
    pub fn new(item: &'m mut M) -> Self {
        let now = clock::now();
        Self {
            put: Put::stamped(item, item.stamps(now)),
            item,
            now,
        }
    }

    /// Writes only if the condition holds (`ConditionExpression`); called again, joins with AND.
    pub fn condition(mut self, condition: impl FnOnce(&Attrs<M, Check<M>>) -> Condition) -> Self {
        self.put = self.put.condition(condition);
        self
    }

    /// Writes only if there is no item with this key.
    pub fn if_not_exists(mut self) -> Self {
        self.put = self.put.if_not_exists();
        self
    }

    /// Does not check the version of the item; the write moves it all the same.
    pub fn unlocked(mut self) -> Self
    where
        M: HasVersion,
    {
        self.put = self.put.unlocked();
        self
    }

    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`Put::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        self.put.explain()
    }

    /// Sends the request, and then sets the version and the times of the struct.
    ///
    /// # Errors
    ///
    /// [`Error::VersionConflict`] if the item has another version, and any error of a [`Put`].
    pub fn execute(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<(), Error>> + Send + use<'m, M> {
        self.run(db.clone())
    }

    async fn run(self, db: DynamoDb) -> Result<(), Error> {
        self.put.execute(&db).await?;
        self.item.stamp(self.now);
        Ok(())
    }
}

/// Sends the request on the [default connection](DynamoDb::set_default).
impl<'m, M: Table> IntoFuture for Save<'m, M> {
    type Output = Result<(), Error>;
    type IntoFuture = std::pin::Pin<Box<dyn Future<Output = Self::Output> + Send + 'm>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
    }
}
