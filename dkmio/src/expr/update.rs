//! The clauses of an update, by paths: the typed updates of models are made of them too.

use super::operand::{Assigned, Operand};
use super::term::{Term, TermKind};
use crate::attr::{Any, Dynamic, Handle, Path};
use crate::value::AttributeValue;

/// What an update does to an item, by paths: for use with the bare SDK client.
///
/// A model's updates check names and types.
///
/// # Examples
///
/// ```
/// use dkmio::attr;
/// use dkmio::expr::{Expression, Update};
///
/// let update = Update::new()
///     .set(attr("address.city"), "Lima")
///     .set(attr("version"), attr("version") + 1)
///     .remove(attr("temp"))
///     .append(attr("history"), ["shipped"]);
/// let e = Expression::builder().update(update).build()?;
/// assert_eq!(
///     e.update(),
///     Some("SET #address.#city = :v0, #version = #version + :v1, \
///           #history = list_append(if_not_exists(#history, :v2), :v3) REMOVE #temp")
/// );
/// # Ok::<(), dkmio::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "an update does nothing until an expression is built with it"]
pub struct Update {
    pub(crate) clauses: Vec<Clause>,
}

#[derive(Clone, Debug)]
pub(crate) enum Clause {
    Set(Path, Term),
    Remove(Path),
    Add(Path, Term),
    Delete(Path, Term),
}

impl Clause {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Set(path, _)
            | Self::Remove(path)
            | Self::Add(path, _)
            | Self::Delete(path, _) => path,
        }
    }
}

impl Update {
    /// Returns an update that does nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an attribute (`SET`); to `None` or an empty set, removes it.
    pub fn set(self, attribute: impl Handle, value: impl Operand<Any, Assigned<Dynamic>>) -> Self {
        self.set_term(attribute.path().clone(), value.into_term())
    }

    /// Sets an attribute if the item does not have it (`SET .. = if_not_exists(..)`).
    pub fn set_if_absent(self, attribute: impl Handle, value: impl Operand<Any>) -> Self {
        let path = attribute.path().clone();
        let term = Term::if_not_exists(path.clone(), value.into_term());
        self.clause(Clause::Set(path, term))
    }

    /// Removes an attribute, or an element of a list (`REMOVE`).
    pub fn remove(self, attribute: impl Handle) -> Self {
        self.clause(Clause::Remove(attribute.path().clone()))
    }

    /// Appends a list of elements to a list, which is made if absent (`SET .. = list_append(..)`).
    pub fn append(self, attribute: impl Handle, elements: impl Operand<Any>) -> Self {
        self.append_term(attribute.path().clone(), elements.into_term())
    }

    /// Puts a list of elements before a list, which is made if absent (`SET .. = list_append(..)`).
    pub fn prepend(self, attribute: impl Handle, elements: impl Operand<Any>) -> Self {
        self.prepend_term(attribute.path().clone(), elements.into_term())
    }

    /// Adds to a number, or adds elements to a set (`ADD`); the attribute is made if absent.
    ///
    /// A list counts as a set: `["urgent"]` is added as a string set.
    pub fn add(self, attribute: impl Handle, value: impl Operand<Any>) -> Self {
        let value = value.into_term().list_as_set();
        self.clause_unless_empty(Clause::Add(attribute.path().clone(), value))
    }

    /// Sets an attribute to a value (`SET`), or removes it where there is none (`REMOVE`).
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::attr;
    /// use dkmio::expr::{Expression, Update};
    ///
    /// let (note, region): (Option<&str>, Option<&str>) = (Some("fragile"), None);
    /// let update = Update::new()
    ///     .set_or_remove(attr("note"), note)
    ///     .set_or_remove(attr("region"), region);
    /// let e = Expression::builder().update(update).build()?;
    /// assert_eq!(e.update(), Some("SET #note = :v0 REMOVE #region"));
    /// # Ok::<(), dkmio::Error>(())
    /// ```
    pub fn set_or_remove<V: Operand<Any, Assigned<Dynamic>>>(
        self,
        attribute: impl Handle,
        value: Option<V>,
    ) -> Self {
        match value {
            Some(value) => self.set(attribute, value),
            None => self.remove(attribute),
        }
    }

    /// Removes elements from a set (`DELETE`); a list of elements counts as a set.
    pub fn delete(self, attribute: impl Handle, elements: impl Operand<Any>) -> Self {
        let elements = elements.into_term().list_as_set();
        self.clause_unless_empty(Clause::Delete(attribute.path().clone(), elements))
    }

    pub(crate) fn set_term(self, path: Path, term: Term) -> Self {
        self.clause(if term.is_absent() {
            Clause::Remove(path)
        } else {
            Clause::Set(path, term)
        })
    }

    pub(crate) fn append_term(self, path: Path, elements: Term) -> Self {
        let list = list_or_empty(&path);
        self.clause(Clause::Set(path, Term::list_append(list, elements)))
    }

    pub(crate) fn prepend_term(self, path: Path, elements: Term) -> Self {
        let list = list_or_empty(&path);
        self.clause(Clause::Set(path, Term::list_append(elements, list)))
    }

    /// Adds the clause, unless it adds nothing to a set or deletes nothing from a set.
    pub(crate) fn clause_unless_empty(self, clause: Clause) -> Self {
        match &clause {
            Clause::Add(_, term) | Clause::Delete(_, term) if term.is_absent() => self,
            _ => self.clause(clause),
        }
    }

    /// Returns the maps and lists that the item must have, because this update changes something inside them.
    pub(crate) fn nested_parents(&self) -> Vec<String> {
        let mut parents: Vec<String> = self
            .clauses
            .iter()
            .filter(|clause| !matches!(clause, Clause::Remove(_)))
            .filter_map(|clause| clause.path().parent())
            .map(|path| path.to_string())
            .collect();
        parents.dedup();
        parents
    }

    /// Returns the attributes, without the key, of an item that this update makes; `None` if it cannot make one,
    /// because it needs values that a new item lacks.
    pub(crate) fn made_attributes(&self) -> Option<Vec<&str>> {
        let made = self.clauses.iter().map(|clause| match clause {
            Clause::Remove(_) | Clause::Delete(..) => Some(None),
            Clause::Set(path, term) | Clause::Add(path, term) => {
                let possible = path.segments().is_empty() && !term.needs_item();
                possible.then(|| Some(path.attribute()))
            }
        });
        let made: Option<Vec<Option<&str>>> = made.collect();
        Some(made?.into_iter().flatten().collect())
    }

    /// Iterates over the attributes that are set to a value as a whole.
    pub(crate) fn literals(&self) -> impl Iterator<Item = (&str, &AttributeValue)> {
        self.clauses.iter().filter_map(|clause| match clause {
            Clause::Set(path, Term(TermKind::Value(Ok(Some(value)))))
                if path.segments().is_empty() =>
            {
                Some((path.attribute(), value))
            }
            _ => None,
        })
    }

    pub(crate) fn clause(mut self, clause: Clause) -> Self {
        if self.clauses.is_empty() {
            // Most updates have few clauses, and each clause is large.
            self.clauses.reserve_exact(2);
        }
        self.clauses.push(clause);
        self
    }
}

/// An absent list counts as an empty one: DynamoDB would refuse to append to it.
fn list_or_empty(path: &Path) -> Term {
    let empty = Term::attribute_value(AttributeValue::L(Vec::new()));
    Term::if_not_exists(path.clone(), empty)
}
