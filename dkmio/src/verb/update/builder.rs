//! `Update`: its clauses, its conditions, and what it returns.

use super::index_keys::Given;
use super::partial::Partial;
use crate::attr::{Handle, Path};
use crate::expr::{
    self, Addable, Addend, Assigned, Clause, Condition, List, Operand, SetType, Term,
};
use crate::schema::{Assign, Check, Compute, EncodeKey, EncodedKey, HasVersion, Removable, Table};
use crate::value::{Version, clock};
use crate::verb::attrs::Attrs;
use crate::verb::returning::Returning;
use crate::verb::write_options::{WriteOptions, conditional};
use aws_sdk_dynamodb::types::ReturnValue;
use std::marker::PhantomData;
use std::time::Duration;

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
    pub(super) key: EncodedKey,
    pub(super) update: expr::Update,
    pub(in crate::verb) options: WriteOptions,
    pub(super) returning: Returning<R>,
    /// The members of an entity's index keys that are said to stay as they are.
    pub(super) given: Vec<Given>,
    /// `true` if the update of an entity may make the item.
    pub(super) or_create: bool,
    /// The time since the Unix epoch when the update was made.
    pub(super) now: Duration,
    model: PhantomData<fn() -> M>,
}

impl<M, R> Clone for Update<M, R> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            update: self.update.clone(),
            options: self.options.clone(),
            returning: self.returning.clone(),
            given: self.given.clone(),
            or_create: self.or_create,
            now: self.now,
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
            given: Vec::new(),
            or_create: false,
            now: clock::now(),
            model: PhantomData,
        }
    }

    /// Updates only the item of this version.
    #[doc(hidden)]
    pub fn expecting(mut self, version: Option<Version>) -> Self {
        self.options.expect::<M>(version);
        self
    }

    fn returning<R>(self, returning: Returning<R>) -> Update<M, R> {
        Update {
            key: self.key,
            update: self.update,
            options: self.options,
            returning,
            given: self.given,
            or_create: self.or_create,
            now: self.now,
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
}

impl<M: Table, R: Send + 'static> Update<M, R> {
    /// Adds a clause.
    fn clause(mut self, clause: impl FnOnce(expr::Update) -> expr::Update) -> Self {
        self.update = clause(self.update);
        self
    }

    /// Sets an attribute (`SET`); to `None` or an empty set, removes it.
    ///
    /// An optional attribute takes an `Option` of its own type. For an `Option` of another form, such as `Option<&str>` for a
    /// `String`, use [`set_or_remove`](Update::set_or_remove).
    pub fn set<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Assign<M>>) -> H,
        value: V,
    ) -> Self
    where
        V: Operand<H::Type, Assigned<H::Attribute>>,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| u.set_term(path, value.into_term()))
    }

    /// Sets an optional attribute to a value (`SET`); `None` removes the attribute (`REMOVE`).
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
        attribute: impl FnOnce(&Attrs<M, Assign<M>>) -> H,
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
        attribute: impl FnOnce(&Attrs<M, Compute<M>>) -> H,
        value: V,
    ) -> Self
    where
        V: Operand<H::Type>,
    {
        let path = computed::<M, H>(attribute);
        let term = Term::if_not_exists(path.clone(), value.into_term());
        self.clause(|u| u.set_term(path, term))
    }

    /// Sets an attribute to an expression of attributes (`SET`): `.set_expr(|o| o.total(), |o| o.total() - o.discount())`.
    pub fn set_expr<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Compute<M>>) -> H,
        value: impl FnOnce(&Attrs<M, Check<M>>) -> V,
    ) -> Self
    where
        V: Operand<H::Type, Assigned<H::Attribute>>,
    {
        let path = computed::<M, H>(attribute);
        let term = value(&Default::default()).into_term();
        self.clause(|u| u.set_term(path, term))
    }

    /// Removes an optional attribute, or an element of a list (`REMOVE`).
    pub fn remove<H: Handle>(self, attribute: impl FnOnce(&Attrs<M, Assign<M>>) -> H) -> Self
    where
        H::Attribute: Removable,
    {
        let path = target::<M, H>(attribute);
        self.clause(|u| u.clause(Clause::Remove(path)))
    }

    /// Appends elements to a list (`SET .. = list_append(..)`); makes the list if it is absent.
    pub fn append<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Compute<M>>) -> H,
        elements: V,
    ) -> Self
    where
        H::Type: List,
        V: Operand<<H::Type as List>::Elements>,
    {
        let path = computed::<M, H>(attribute);
        self.clause(|u| u.append_term(path, elements.into_term()))
    }

    /// Inserts elements at the start of a list (`SET .. = list_append(..)`); makes the list if it is absent.
    pub fn prepend<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Compute<M>>) -> H,
        elements: V,
    ) -> Self
    where
        H::Type: List,
        V: Operand<<H::Type as List>::Elements>,
    {
        let path = computed::<M, H>(attribute);
        self.clause(|u| u.prepend_term(path, elements.into_term()))
    }

    /// Adds to a number, or adds elements to a set (`ADD`); makes the attribute if it is absent.
    pub fn add<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Compute<M>>) -> H,
        change: V,
    ) -> Self
    where
        H::Type: Addable,
        V: Addend<<H::Type as Addable>::Itself>,
    {
        let path = computed::<M, H>(attribute);
        self.clause(|u| {
            u.clause_unless_empty(Clause::Add(path, change.into_addend().list_as_set()))
        })
    }

    /// Removes elements from a set (`DELETE`).
    pub fn delete<H: Handle, V>(
        self,
        attribute: impl FnOnce(&Attrs<M, Compute<M>>) -> H,
        elements: V,
    ) -> Self
    where
        H::Type: SetType,
        V: Operand<<H::Type as SetType>::Elements>,
    {
        let path = computed::<M, H>(attribute);
        self.clause(|u| {
            u.clause_unless_empty(Clause::Delete(path, elements.into_term().list_as_set()))
        })
    }
}

/// Returns the path whose new value DynamoDB works out.
fn computed<M: Table, H: Handle>(attribute: impl FnOnce(&Attrs<M, Compute<M>>) -> H) -> Path {
    attribute(&Default::default()).path().clone()
}

/// Returns the path that a clause changes.
fn target<M: Table, H: Handle>(attribute: impl FnOnce(&Attrs<M, Assign<M>>) -> H) -> Path {
    attribute(&Default::default()).path().clone()
}
