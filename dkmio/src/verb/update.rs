//! `Update`: changes attributes of one item.

mod clauses;
mod partial;

pub use self::partial::Partial;
use super::attrs::Attrs;
use super::input::incomplete;
use super::returning::Returning;
use super::terminals::terminals;
use super::write_options::{WriteOptions, conditional, old_on_failure};
use crate::error::{Error, InvalidKey, ValidationCause};
use crate::executor::{DynamoDb, ItemSink, Operation, made_or_failed};
use crate::expr::{self, Condition, Explain, ExplainBuilder, Expression};
use crate::schema::{Check, EncodeKey, EncodedKey, Table, check_index_key};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::ReturnValue;
use futures_util::FutureExt;
use std::marker::PhantomData;

/// Changes attributes of one item: DynamoDB's `UpdateItem`.
///
/// Made by the model's `update`. If there is no item with this key, DynamoDB makes one of the key and the attributes that the
/// update sets; add [`.if_exists()`](Update::if_exists) to prevent that. Such an item reads back only if the update sets all
/// attributes that the model needs; if it does not, `explain()` says so.
///
/// An update that changes nothing is an error before sending, because DynamoDB would make an item of the key alone.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error, Set};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, status: String, version: u64, note: Option<String>, history: Vec<String>, tags: Set<String> }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let order: Orders = Orders::update(("usr_123", "ord_456"))
///     .set(|o| o.status(), "SHIPPED")
///     .set_expr(|o| o.version(), |o| o.version() + 1)
///     .append(|o| o.history(), ["shipped"])
///     .add(|o| o.tags(), ["urgent"])
///     .remove(|o| o.note())
///     .condition(|o| o.status().eq("PENDING"))
///     .return_new()
///     .execute(&db)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "an update does nothing until `.execute(&db)` or `.await`"]
pub struct Update<M, R = ()> {
    key: EncodedKey,
    update: expr::Update,
    options: WriteOptions,
    returning: Returning<R>,
    model: PhantomData<fn() -> M>,
}

impl<M, R> Clone for Update<M, R> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            update: self.update.clone(),
            options: self.options.clone(),
            returning: self.returning.clone(),
            model: PhantomData,
        }
    }
}

impl<M: Table> Update<M> {
    #[doc(hidden)]
    pub fn new<K>(key: K, encode: EncodeKey<K>) -> Self {
        Self {
            key: EncodedKey::new::<M, K>(key, encode),
            update: expr::Update::new(),
            options: WriteOptions::default(),
            returning: Returning::nothing(),
            model: PhantomData,
        }
    }

    fn returning<R>(self, returning: Returning<R>) -> Update<M, R> {
        Update {
            key: self.key,
            update: self.update,
            options: self.options,
            returning,
            model: PhantomData,
        }
    }

    /// Yields the whole item as it is after the update (`ALL_NEW`).
    pub fn return_new(self) -> Update<M, M> {
        self.returning(Returning::new())
    }

    /// Yields the whole item as it was before the update (`ALL_OLD`), or `None` if there was none.
    pub fn return_old(self) -> Update<M, Option<M>> {
        self.returning(Returning::old())
    }

    /// Yields the updated attributes as they are after the update (`UPDATED_NEW`).
    pub fn return_updated_new(self) -> Update<M, Partial<M>> {
        self.returning(Returning::of(ReturnValue::UpdatedNew, Partial::decoder()))
    }

    /// Yields the updated attributes as they were before the update (`UPDATED_OLD`).
    pub fn return_updated_old(self) -> Update<M, Partial<M>> {
        self.returning(Returning::of(ReturnValue::UpdatedOld, Partial::decoder()))
    }
}

conditional!(Update);

impl<M: Table, R: Send + 'static> Update<M, R> {
    /// Updates only if there is an item with this key: if there is none,
    /// [`ConditionFailed::is_missing`](crate::error::ConditionFailed::is_missing) says so. Without this condition the update
    /// makes an item.
    pub fn if_exists(mut self) -> Self {
        self.options.must_exist::<M>();
        self
    }

    /// Returns the request as it would be sent.
    ///
    /// # Errors
    ///
    /// What [`Update::into_input`] refuses.
    pub fn explain(&self) -> Result<Explain, Error> {
        let input = self.clone().into_input()?;
        let missing = self.missing_in_made_item();
        let note = (!missing.is_empty()).then(|| {
            format!(
                "this makes an item where there is none, without `{}`, and such an item does not read back; `.if_exists()` makes none",
                missing.join("`, `")
            )
        });
        Ok(
            ExplainBuilder::new(UpdateItemInput::NAME, input.table_name())
                .key(input.key())
                .update(input.update_expression())
                .condition(input.condition_expression())
                .names(input.expression_attribute_names())
                .values(input.expression_attribute_values())
                .returns(
                    input.return_values(),
                    input.return_values_on_condition_check_failure(),
                )
                .note(note)
                .build(),
        )
    }

    /// Returns the attributes that the model needs and that an item made by this update lacks.
    fn missing_in_made_item(&self) -> Vec<&'static str> {
        let condition = self.options.condition.as_ref();
        let makes_item = condition.is_none_or(|condition| condition.0.holds_without_item());
        match self.update.made_attributes() {
            Some(made) if makes_item => {
                let required = M::SCHEMA.required().iter().copied();
                required
                    .filter(|name| !M::KEYS.contains(name) && !made.contains(name))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the SDK's input.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKey`], [`Error::Encode`] and [`Error::Validation`] for what DynamoDB would refuse: a key attribute
    /// that is changed by name, two clauses on the same or overlapping paths, an expression over its limits, an update
    /// without clauses.
    pub fn into_input(self) -> Result<UpdateItemInput, Error> {
        self.lower()
            .map_err(|e| e.for_request(UpdateItemInput::NAME, M::SCHEMA.name()))
    }

    fn lower(self) -> Result<UpdateItemInput, Error> {
        for clause in &self.update.clauses {
            let attribute = clause.path().attribute();
            if M::KEYS.contains(attribute) {
                return Err(Error::InvalidKey(InvalidKey::new(format!(
                    "`{attribute}` is a key attribute, and a key never changes; put a new item and delete the old one"
                ))));
            }
        }
        for (attribute, value) in self.update.literals() {
            check_index_key(&M::SCHEMA, attribute, value)?;
        }
        let asks = self.options.existence::<M>().asks();
        let WriteOptions {
            condition,
            return_old_on_failure: _, // `asks` has it
        } = self.options;
        let expression = Expression::of_write(Some(self.update), condition)?;
        if expression.update.is_none() {
            return Err(Error::invalid(
                ValidationCause::Empty,
                "the update changes nothing, and DynamoDB would make an item of the bare key; leave it out, or use a `condition_check` in a transaction",
            ));
        }
        let mut input = UpdateItemInput::builder()
            .table_name(M::SCHEMA.name())
            .build()
            .map_err(incomplete)?;
        input.key = Some(self.key.into_item()?);
        input.update_expression = expression.update;
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
        let parents = self.update.nested_parents();
        let key = returned.wants_items().then(|| self.key.clone());
        let input = self.into_input();
        let made = input.map(|input| db.send_reading(input, returned));
        made_or_failed(made).map(move |answer| {
            let answer =
                answer.map_err(|e| e.naming_missing_parents(&parents).telling(existence))?;
            answer.sink.finish::<M>(|| key?.to_item().ok())
        })
    }
}

terminals!([M, R] Update<M, R> => R);

impl<M: Table, R: Send + 'static> TryFrom<Update<M, R>> for UpdateItemInput {
    type Error = Error;

    fn try_from(update: Update<M, R>) -> Result<Self, Error> {
        update.into_input()
    }
}
