//! `Put`: writes a whole item.

use super::attrs::Attrs;
use super::input::incomplete;
use super::returning::Returning;
use super::terminals::terminals;
use super::write_options::{WriteOptions, conditional, failed_as, old_on_failure};
use crate::error::{Error, ExpectedVersion, ValidationCause, VersionConflict};
use crate::executor::{DynamoDb, ItemSink, Operation, Payload, PayloadOperation, made_or_failed};
use crate::expr::{Condition, Explain, ExplainBuilder, Expression};
use crate::schema::{
    Check, HasVersion, KeyFault, Stamps, Table, check_item_keys, encode_model, key_of,
};
use crate::value::{EncodedItem, Item, clock, is_same_item};
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::types::{self, ReturnValue};
use futures_util::FutureExt;
use std::marker::PhantomData;

/// Writes a whole item, and replaces the item with its key: DynamoDB's `PutItem`.
///
/// Made by the model's `put`.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String, name: String }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let user = Users { id: "usr_123".to_owned(), name: "Ada".to_owned() };
/// Users::put(&user).if_not_exists().execute(&db).await?;
/// let before: Option<Users> = Users::put(&user).return_old().execute(&db).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a put does nothing until `.execute(&db)` or `.await`"]
pub struct Put<M, R = ()> {
    item: Result<EncodedItem, KeyFault>,
    options: WriteOptions,
    returning: Returning<R>,
    model: PhantomData<fn() -> M>,
}

impl<M, R> Clone for Put<M, R> {
    fn clone(&self) -> Self {
        Self {
            item: self.item.clone(),
            options: self.options.clone(),
            returning: self.returning.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Table> Put<M> {
    #[doc(hidden)]
    pub fn new(item: &M) -> Self {
        Self::stamped(item, item.stamps(clock::now()))
    }

    /// Returns the put of an item with these values of the attributes that dkmio keeps, locked to their version.
    pub(super) fn stamped(item: &M, stamps: Stamps) -> Self {
        let mut options = WriteOptions::default();
        options.expect::<M>(stamps.version);
        Self {
            item: encode_model(item, &stamps),
            options,
            returning: Returning::nothing(),
            model: PhantomData,
        }
    }

    /// Puts whatever version the item has.
    pub(super) fn expecting_any(mut self) -> Self {
        self.options.expected = None;
        self
    }

    /// Yields the item that was replaced (`ALL_OLD`), or `None`.
    pub fn return_old(self) -> Put<M, Option<M>> {
        Put {
            item: self.item,
            options: self.options,
            returning: Returning::old(),
            model: PhantomData,
        }
    }
}

conditional!(Put);

impl<M: Table, R: Send + 'static> Put<M, R> {
    /// Writes only if there is no item with this key.
    pub fn if_not_exists(mut self) -> Self {
        self.options.must_not_exist::<M>();
        self
    }

    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`Put::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        Ok(ExplainBuilder::new(PutItemInput::NAME, input.table_name())
            .item(input.item())
            .condition(input.condition_expression())
            .names(input.expression_attribute_names())
            .values(input.expression_attribute_values())
            .returns(
                input.return_values(),
                input.return_values_on_condition_check_failure(),
            )
            .build())
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::Encode`] and [`Error::Validation`] for what DynamoDB would refuse: an item over
    /// 400 KB, an empty or long key, an expression over its limits.
    pub fn into_input(self) -> Result<PutItemInput, Error> {
        let returning = self.returning.values.clone();
        let (item, rest) = self.checked()?;
        let mut input = rest.input(returning).map_err(located::<M>)?;
        input.put_payload(&Payload::Item(item))?;
        Ok(input)
    }

    /// Checks the item, renders the condition, and returns the two apart.
    pub(super) fn checked(self) -> Result<(EncodedItem, PutRest), Error> {
        self.check().map_err(located::<M>)
    }

    fn check(self) -> Result<(EncodedItem, PutRest), Error> {
        // Without `..`, so that rustc asks what becomes of a new option.
        let Self {
            item,
            options,
            returning: _,
            model: _,
        } = self;
        let condition = options.whole_condition();
        let WriteOptions {
            condition: _, // a part of the whole one
            return_old_on_failure,
            expected,
        } = options;
        let item = item.map_err(KeyFault::into_error)?;
        check_item_keys::<M>(&item)?;
        check_size(item.size())?;
        let expression = condition.map(|condition| {
            let expression = Expression::of_write(None, Some(condition));
            expression.map(Box::new)
        });
        let rest = PutRest {
            table: M::SCHEMA.name(),
            expression: expression.transpose()?,
            return_old_on_failure: return_old_on_failure || expected.is_some(),
            expected,
        };
        Ok((item, rest))
    }

    fn run(
        self,
        db: DynamoDb,
    ) -> impl Future<Output = Result<R, Error>> + Send + 'static + use<M, R> {
        let returned = self.returning.clone().sink();
        let returning = self.returning.values.clone();
        let existence = self.options.existence::<M>();
        let expected = self.options.expected;
        let made = self.checked().map(|(item, rest)| {
            // The key is only for the error of a returned item.
            let key = returned.wants_items().then(|| key_of::<M>(&item));
            // A put that returns the item before cannot say what that was, once its answer is lost.
            let own = (expected.is_some() && !returned.wants_items()).then(|| item.clone());
            let nothing = returned.for_attempt();
            let build = move || rest.input(returning.clone()).map_err(located::<M>);
            let made = db.send_writing(build, Payload::Item(item), returned);
            made.map(move |answer| match answer {
                Ok(answer) => answer.sink.finish::<M>(|| key),
                Err(e) => match failed_as(e, existence, expected) {
                    Error::VersionConflict(e) if own.is_some_and(|own| was_done(&e, &own)) => {
                        nothing.finish::<M>(|| None)
                    }
                    e => Err(e),
                },
            })
        });
        made_or_failed(made)
    }
}

/// Returns whether a conflict is with the put itself: an attempt of it was done and not answered, and the next one met what
/// that one had written.
fn was_done(conflict: &VersionConflict, own: &EncodedItem) -> bool {
    conflict.is_unanswered()
        && conflict
            .raw_item()
            .zip(own.to_item().ok().as_ref())
            .is_some_and(|(stored, own)| is_same_item(stored, own))
}

/// The largest item that DynamoDB takes, in bytes.
const MAX_ITEM: usize = 400 * 1024;

fn check_size(size: usize) -> Result<(), Error> {
    if size > MAX_ITEM {
        return Err(Error::invalid(
            ValidationCause::ItemTooLarge {
                size: Some(size),
                limit: MAX_ITEM,
            },
            format!("the item has {size} bytes; DynamoDB takes at most {MAX_ITEM} (400 KB)"),
        ));
    }
    Ok(())
}

/// A put without its item, after the checks. `Put` makes it; a transaction takes it too.
#[derive(Clone)]
pub(super) struct PutRest {
    table: &'static str,
    /// The rendered condition; `None` without one.
    expression: Option<Box<Expression>>,
    return_old_on_failure: bool,
    /// The version that the condition asks for.
    pub(super) expected: Option<ExpectedVersion>,
}

impl PutRest {
    /// Returns the condition, which a batch refuses: it is the one option that a batch cannot do without.
    pub(super) fn condition(&self) -> Option<&str> {
        let Self {
            table: _,
            expression,
            return_old_on_failure: _, // without a condition nothing fails
            expected: _,              // the condition asks for it
        } = self;
        expression.as_deref()?.condition()
    }

    /// `true` if both differ in their items only. `false` if one has an expression, because comparing these takes long.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let is_plain = |put: &Self| {
            let Self {
                table,
                expression,
                return_old_on_failure,
                expected: _, // the expression has it
            } = put;
            *table == self.table && expression.is_none() && !return_old_on_failure
        };
        is_plain(self) && is_plain(other)
    }

    fn expression(&self) -> Expression {
        self.expression.as_deref().cloned().unwrap_or_default()
    }

    /// Returns the SDK's input with an empty item.
    fn input(&self, returning: Option<ReturnValue>) -> Result<PutItemInput, Error> {
        let Self {
            table,
            expression: _, // `expression()` clones it
            return_old_on_failure,
            expected: _, // the expression has it
        } = self;
        let expression = self.expression();
        let mut input = PutItemInput::builder()
            .table_name(*table)
            .build()
            .map_err(incomplete)?;
        input.item = Some(Item::new());
        input.condition_expression = expression.condition;
        input.expression_attribute_names = expression.names;
        input.expression_attribute_values = expression.values;
        input.return_values = returning;
        input.return_values_on_condition_check_failure = old_on_failure(*return_old_on_failure);
        Ok(input)
    }

    /// Returns the SDK's member of a transaction with an empty item.
    pub(super) fn member(&self) -> Result<types::Put, Error> {
        let Self {
            table,
            expression: _, // `expression()` clones it
            return_old_on_failure,
            expected: _, // the expression has it
        } = self;
        let expression = self.expression();
        types::Put::builder()
            .table_name(*table)
            .set_item(Some(Item::new()))
            .set_condition_expression(expression.condition)
            .set_expression_attribute_names(expression.names)
            .set_expression_attribute_values(expression.values)
            .set_return_values_on_condition_check_failure(old_on_failure(*return_old_on_failure))
            .build()
            .map_err(incomplete)
    }
}

#[cold]
fn located<M: Table>(error: Error) -> Error {
    error.for_request(PutItemInput::NAME, M::SCHEMA.name())
}

terminals!([M, R] Put<M, R> => R);

impl<M: Table, R: Send + 'static> TryFrom<Put<M, R>> for PutItemInput {
    type Error = Error;

    fn try_from(put: Put<M, R>) -> Result<Self, Error> {
        put.into_input()
    }
}
