use super::{Attrs, Returning, conditional, incomplete, of_key, old_on_failure, terminals};
use crate::attr::{Handle, Path};
use crate::error::{Error, Existence, InvalidKey, ValidationCause};
use crate::executor::{DynamoDb, ItemSink, Operation, made_or_failed};
use crate::expr::{
    self, Addable, Addend, Assigned, Clause, Condition, ConditionNode, Decoder, Explain,
    ExplainBuilder, Expression, List, Operand, Selection, SetType, Term, and,
};
use crate::schema::{Change, Check, EncodeKey, EncodedKey, Removable, Table, check_index_key};
use crate::value::Item;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::ReturnValue;
use futures_util::FutureExt;
use std::fmt;
use std::marker::PhantomData;

/// Changes attributes of one item: DynamoDB's `UpdateItem`.
///
/// If there is no such item, DynamoDB makes one, of the key and what is set; where that is not wanted, add
/// [`.if_exists()`](Update::if_exists). An item that was made so reads back only if the update sets all that the model
/// needs; `explain()` notes where it does not.
///
/// Made by the model's `update`. An update that changes nothing is an error before sending, for DynamoDB would make an item of
/// the bare key.
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
    condition: Option<Condition>,
    return_old_on_failure: bool,
    returning: Returning<R>,
    model: PhantomData<fn() -> M>,
}

impl<M, R> Clone for Update<M, R> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            update: self.update.clone(),
            condition: self.condition.clone(),
            return_old_on_failure: self.return_old_on_failure,
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
            condition: None,
            return_old_on_failure: false,
            returning: Returning::nothing(),
            model: PhantomData,
        }
    }

    fn returning<R>(self, returning: Returning<R>) -> Update<M, R> {
        Update {
            key: self.key,
            update: self.update,
            condition: self.condition,
            return_old_on_failure: self.return_old_on_failure,
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
    /// [`ConditionFailed::is_missing`](crate::error::ConditionFailed::is_missing) says so; without it an update makes one of the key and what is set.
    pub fn if_exists(mut self) -> Self {
        and(&mut self.condition, of_key::<M>(ConditionNode::Exists));
        self
    }

    /// What a failure of the condition tells of the item.
    fn existence(&self) -> Existence {
        Existence::of(self.condition.as_ref(), M::KEYS, self.return_old_on_failure)
    }

    fn clause(mut self, clause: impl FnOnce(expr::Update) -> expr::Update) -> Self {
        self.update = clause(self.update);
        self
    }

    /// Sets an attribute (`SET`); to `None` or an empty set, removes it.
    ///
    /// An optional attribute takes an `Option` of its own type. Where there is an `Option` of another form, such as
    /// `Option<&str>` for a `String`, use [`set_or_remove`](Update::set_or_remove).
    pub fn set<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        value: V,
    ) -> Self
    where
        V: Operand<H::Type, Assigned<H::Attribute>>,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| u.set_term(path, value.into_term()))
    }

    /// Sets an optional attribute to a value (`SET`), or removes it where there is none (`REMOVE`).
    ///
    /// The value may have any form that the attribute takes: `Option<&str>` for a `String`, `Option<&[T]>` for a list.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoTable, Error};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String, nickname: Option<String> }
    /// # fn run(nickname: Option<&str>) -> Result<(), Error> {
    /// let update = Users::update("usr_1").set_or_remove(|u| u.nickname(), nickname);
    /// # drop(update);
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_or_remove<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        value: Option<V>,
    ) -> Self
    where
        H::Attribute: Removable,
        V: Operand<H::Type, Assigned<H::Attribute>>,
    {
        match value {
            Some(value) => self.set(attribute, value),
            None => self.remove(attribute),
        }
    }

    /// Sets an attribute if the item does not have it (`SET .. = if_not_exists(..)`).
    pub fn set_if_absent<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        value: V,
    ) -> Self
    where
        V: Operand<H::Type>,
    {
        let path = target::<M, H>(attribute);
        let term = Term::if_not_exists(path.clone(), value.into_term());
        self.clause(|u| u.set_term(path, term))
    }

    /// Sets an attribute to an expression of attributes (`SET`): `.set_expr(|o| o.total(), |o| o.total() - o.discount())`.
    pub fn set_expr<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        value: impl FnOnce(&Attrs<M, Check<M>>) -> V,
    ) -> Self
    where
        V: Operand<H::Type, Assigned<H::Attribute>>,
    {
        let path = target::<M, H>(attribute);
        let term = value(&Default::default()).into_term();
        self.clause(|u| u.set_term(path, term))
    }

    /// Removes an optional attribute, or an element of a list (`REMOVE`).
    pub fn remove<H: Handle>(self, attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H) -> Self
    where
        H::Attribute: Removable,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| u.clause(Clause::Remove(path)))
    }

    /// Appends elements to a list, which is made if absent (`SET .. = list_append(..)`).
    pub fn append<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        elements: V,
    ) -> Self
    where
        H::Type: List,
        V: Operand<<H::Type as List>::Elements>,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| u.append_term(path, elements.into_term()))
    }

    /// Puts elements before those of a list, which is made if absent (`SET .. = list_append(..)`).
    pub fn prepend<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        elements: V,
    ) -> Self
    where
        H::Type: List,
        V: Operand<<H::Type as List>::Elements>,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| u.prepend_term(path, elements.into_term()))
    }

    /// Adds to a number, or adds elements to a set (`ADD`); the attribute is made if absent.
    pub fn add<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        change: V,
    ) -> Self
    where
        H::Type: Addable,
        V: Addend<<H::Type as Addable>::Itself>,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| {
            u.clause_unless_empty(Clause::Add(path, change.into_addend().list_as_set()))
        })
    }

    /// Removes elements from a set (`DELETE`).
    pub fn delete<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
        elements: V,
    ) -> Self
    where
        H::Type: SetType,
        V: Operand<<H::Type as SetType>::Elements>,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| {
            u.clause_unless_empty(Clause::Delete(path, elements.into_term().list_as_set()))
        })
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

    /// Returns the attributes that the model needs and that an item lacks which this update makes.
    fn missing_in_made_item(&self) -> Vec<&'static str> {
        let condition = self.condition.as_ref();
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
    /// that is changed by name, two clauses on the same or overlapping paths, an expression over its limits, nothing to
    /// change.
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
        let asks = self.existence().asks();
        let expression = Expression::of_write(Some(self.update), self.condition)?;
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
        let existence = self.existence();
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

fn target<M: Table, H: Handle>(attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H) -> Path {
    attribute(&Default::default()).path().clone()
}

terminals!([M, R] Update<M, R> => R);

impl<M: Table, R: Send + 'static> TryFrom<Update<M, R>> for UpdateItemInput {
    type Error = Error;

    fn try_from(update: Update<M, R>) -> Result<Self, Error> {
        update.into_input()
    }
}

/// Some attributes of an item, read by the model's accessors: what `UPDATED_OLD` and `UPDATED_NEW` return.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "pages")]
/// # struct Pages { #[pk] url: String, visits: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let updated = Pages::update("/home").add(|p| p.visits(), 1).return_updated_new().execute(&db).await?;
/// let visits: u64 = updated.get(|p| p.visits())?;
/// # Ok(())
/// # }
/// ```
pub struct Partial<M> {
    item: Item,
    model: PhantomData<fn() -> M>,
}

impl<M: Table> Partial<M> {
    fn decoder() -> Decoder<Self> {
        Decoder::of_values(Vec::new(), |_, item| {
            Ok(Self {
                item,
                model: PhantomData,
            })
        })
    }

    /// Reads attributes: one, or a tuple of them.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] for an attribute that is not there, unless it is optional, or is of another type.
    pub fn get<Sel: Selection>(
        &self,
        attributes: impl FnOnce(&Attrs<M, Check<M>>) -> Sel,
    ) -> Result<Sel::Output, Error> {
        Decoder::of_selection(&attributes(&Default::default()))
            .decode(self.item.clone())
            .map_err(|e| e.into_decode(Some(M::SCHEMA.name()), None))
    }
}

impl<M> Partial<M> {
    /// Returns the attributes without the model.
    pub fn raw(&self) -> &Item {
        &self.item
    }
}

/// The names of its attributes, without their values.
impl<M> fmt::Debug for Partial<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<&String> = self.item.keys().collect();
        names.sort();
        f.debug_tuple("Partial").field(&names).finish()
    }
}
