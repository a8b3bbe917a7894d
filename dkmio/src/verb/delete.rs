//! `Delete`: deletes one item.

use super::attrs::Attrs;
use super::input::incomplete;
use super::returning::Returning;
use super::terminals::terminals;
use super::write_options::{WriteOptions, conditional, failed_as, old_on_failure};
use crate::error::Error;
use crate::executor::{DynamoDb, ItemSink, Operation, made_or_failed};
use crate::expr::{Condition, Explain, ExplainBuilder, Expression};
use crate::schema::{Check, EncodeKey, EncodedKey, HasVersion, Table};
use crate::value::Version;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use futures_util::FutureExt;
use std::marker::PhantomData;

/// Deletes one item by its full key: DynamoDB's `DeleteItem`.
///
/// Made by the model's `delete`. Deleting an item that does not exist is not an error.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, status: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// Orders::delete(("usr_123", "ord_456"))
///     .condition(|o| o.status().eq("CANCELLED"))
///     .execute(&db)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a delete does nothing until `.execute(&db)` or `.await`"]
pub struct Delete<M, R = ()> {
    key: EncodedKey,
    pub(super) options: WriteOptions,
    returning: Returning<R>,
    model: PhantomData<fn() -> M>,
}

impl<M, R> Clone for Delete<M, R> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            options: self.options.clone(),
            returning: self.returning.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Table> Delete<M> {
    #[doc(hidden)]
    pub fn new<K>(key: K, encode: EncodeKey<K>) -> Self {
        Self {
            key: EncodedKey::new::<M, K>(key, encode),
            options: WriteOptions::default(),
            returning: Returning::nothing(),
            model: PhantomData,
        }
    }

    /// Deletes only the item of this version.
    #[doc(hidden)]
    pub fn expecting(mut self, version: Option<Version>) -> Self {
        self.options.expect::<M>(version);
        self
    }

    /// Yields the item that was deleted (`ALL_OLD`), or `None`.
    pub fn return_old(self) -> Delete<M, Option<M>> {
        Delete {
            key: self.key,
            options: self.options,
            returning: Returning::old(),
            model: PhantomData,
        }
    }
}

conditional!(Delete);

impl<M: Table, R: Send + 'static> Delete<M, R> {
    /// Deletes only if there is an item with this key: if there is none,
    /// [`ConditionFailed::is_missing`](crate::error::ConditionFailed::is_missing) says so.
    pub fn if_exists(mut self) -> Self {
        self.options.must_exist::<M>();
        self
    }

    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`Delete::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        Ok(
            ExplainBuilder::new(DeleteItemInput::NAME, input.table_name())
                .key(input.key())
                .condition(input.condition_expression())
                .names(input.expression_attribute_names())
                .values(input.expression_attribute_values())
                .returns(
                    input.return_values(),
                    input.return_values_on_condition_check_failure(),
                )
                .build(),
        )
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::Encode`] and [`Error::Validation`] for what DynamoDB would refuse.
    pub fn into_input(self) -> Result<DeleteItemInput, Error> {
        self.lower()
            .map_err(|e| e.for_request(DeleteItemInput::NAME, M::SCHEMA.name()))
    }

    fn lower(self) -> Result<DeleteItemInput, Error> {
        let asks = self.options.existence::<M>().asks();
        let condition = self.options.whole_condition();
        let expression = Expression::of_write(None, condition)?;
        let mut input = DeleteItemInput::builder()
            .table_name(M::SCHEMA.name())
            .build()
            .map_err(incomplete)?;
        input.key = Some(self.key.into_item()?);
        input.condition_expression = expression.condition;
        input.expression_attribute_names = expression.names;
        input.expression_attribute_values = expression.values;
        input.return_values = self.returning.values;
        input.return_values_on_condition_check_failure = old_on_failure(asks);
        Ok(input)
    }

    fn run(
        self,
        db: DynamoDb,
    ) -> impl Future<Output = Result<R, Error>> + Send + 'static + use<M, R> {
        let returned = self.returning.clone().sink();
        let existence = self.options.existence::<M>();
        let expected = self.options.expected;
        let key = returned.wants_items().then(|| self.key.clone());
        let input = self.into_input();
        let made = input.map(|input| db.send_reading(input, returned));
        made_or_failed(made).map(move |answer| {
            let answer = answer.map_err(|e| failed_as(e, existence, expected))?;
            answer.sink.finish::<M>(|| key?.to_item().ok())
        })
    }
}

terminals!([M, R] Delete<M, R> => R);

impl<M: Table, R: Send + 'static> TryFrom<Delete<M, R>> for DeleteItemInput {
    type Error = Error;

    fn try_from(delete: Delete<M, R>) -> Result<Self, Error> {
        delete.into_input()
    }
}
