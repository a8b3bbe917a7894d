//! `delete_table`: drops the table of a model with all its items.

use super::wait::wait_until;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::schema::TableDefinition;
use crate::verb::{BoxFuture, incomplete};
use aws_sdk_dynamodb::operation::delete_table::DeleteTableInput;
use std::marker::PhantomData;

/// Drops the table of a model and all its items: DynamoDB's `DeleteTable`.
///
/// Made by [`DynamoDb::delete_table`]. Waits until the table is gone.
#[must_use = "no table is dropped until `.await`"]
pub struct DeleteTable<T> {
    db: DynamoDb,
    wait: bool,
    model: PhantomData<fn() -> T>,
}

impl DynamoDb {
    /// Drops the table of a model and all its items (`DeleteTable`); see [`DeleteTable`].
    pub fn delete_table<T: TableDefinition>(&self) -> DeleteTable<T> {
        let _ = T::DEFINITION; // An entity is refused here, at the user's call.
        DeleteTable {
            db: self.clone(),
            wait: true,
            model: PhantomData,
        }
    }
}

impl<T: TableDefinition> DeleteTable<T> {
    /// Does not wait until the table is gone.
    pub fn no_wait(mut self) -> Self {
        self.wait = false;
        self
    }

    async fn run(self) -> Result<(), Error> {
        let name = T::DEFINITION.name();
        let input = DeleteTableInput::builder()
            .table_name(name)
            .build()
            .map_err(incomplete)?;
        self.db.send(input).await?;
        if self.wait {
            wait_until(&self.db, name, |status| status.is_none()).await?;
        }
        Ok(())
    }
}

impl<T: TableDefinition> IntoFuture for DeleteTable<T> {
    type Output = Result<(), Error>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
