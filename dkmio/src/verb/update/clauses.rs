//! The clauses of an update: `SET`, `REMOVE`, `ADD` and `DELETE`.

use crate::attr::{Handle, Path};
use crate::expr::{self, Addable, Addend, Assigned, Clause, List, Operand, SetType, Term};
use crate::schema::{Change, Check, Removable, Table};
use crate::verb::Update;
use crate::verb::attrs::Attrs;

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
        attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H,
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

    /// Appends elements to a list (`SET .. = list_append(..)`); makes the list if it is absent.
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

    /// Inserts elements at the start of a list (`SET .. = list_append(..)`); makes the list if it is absent.
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

    /// Adds to a number, or adds elements to a set (`ADD`); makes the attribute if it is absent.
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
}

/// Returns the path that a clause changes.
fn target<M: Table, H: Handle>(attribute: impl FnOnce(&Attrs<M, Change<M>>) -> H) -> Path {
    attribute(&Default::default()).path().clone()
}
