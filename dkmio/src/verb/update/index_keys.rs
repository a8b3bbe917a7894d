//! Keeps the keys of an entity's indexes right: rewrites each that is made of what an update changes.

use crate::attr::{DynAttr, Path};
use crate::codec::CodecError;
use crate::error::{Error, InvalidKey, ValidationCause};
use crate::expr::{Clause, Condition, Term, Update};
use crate::schema::{
    EntitySchema, IndexSchema, KeyElement, KeySource, MemberSchema, Table, is_made_of_fields,
    render_source,
};
use crate::value::AttributeValue;

/// What an update says of a member that is not in the table's key.
#[derive(Clone)]
pub(super) struct Given {
    /// The member's index in the entity's schema.
    pub(super) member: usize,
    /// The value that it must have; `None` if it must be absent.
    pub(super) value: Result<Option<AttributeValue>, CodecError>,
}

impl Given {
    pub(super) fn new(member: usize, term: Term) -> Self {
        let value = term.into_value();
        Self { member, value }
    }

    fn value(&self) -> Result<Option<AttributeValue>, Error> {
        self.value.clone().map_err(|e| e.into_encode(None))
    }
}

/// What is known of a member when the update is sent.
#[derive(Clone, PartialEq)]
enum Known {
    Nothing,
    /// It keeps this value, or stays absent: it is in the table's key, or the update checks it.
    Same(Option<AttributeValue>),
    /// It gets this value, or is removed.
    Changed(Option<AttributeValue>),
}

impl Known {
    fn value(&self) -> Option<&AttributeValue> {
        match self {
            Self::Nothing => None,
            Self::Same(value) | Self::Changed(value) => value.as_ref(),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Same(None) | Self::Changed(None))
    }
}

/// The members of an entity, as far as an update knows them.
pub(super) struct Members<'a> {
    entity: &'static EntitySchema,
    known: Vec<Known>,
    update: &'a mut Update,
}

impl<'a> Members<'a> {
    /// Collects what the update knows: the members of the item's key, those that it sets, and those that are given.
    pub(super) fn of<M: Table>(
        entity: &'static EntitySchema,
        key: &[AttributeValue],
        given: &[Given],
        update: &'a mut Update,
    ) -> Result<Self, Error> {
        let mut known = vec![Known::Nothing; entity.members.len()];
        for (to, value) in known.iter_mut().zip(key).take(entity.key_members) {
            *to = Known::Same(Some(value.clone()));
        }
        for clause in &update.clauses {
            let attribute = clause.path().attribute();
            if is_made_of_fields::<M>(attribute) {
                return Err(invalid(format!(
                    "`{attribute}` is made of other attributes, and dkmio writes it with them; change those"
                )));
            }
            let is_it = |member: &MemberSchema| member.attribute == attribute;
            if let Some(index) = entity.members.iter().position(is_it)
                && let Some(to) = known.get_mut(index)
            {
                *to = Known::Changed(changed(entity, index, clause)?);
            }
        }
        for given in given {
            let member = given.member;
            let Some(to) = known.get_mut(member) else {
                continue;
            };
            if let Known::Changed(_) = to {
                return Err(Error::invalid(
                    ValidationCause::Options,
                    format!(
                        "the update sets `{}`, and says with `given` that it stays as it is",
                        entity.members[member].name
                    ),
                ));
            }
            *to = Known::Same(given.value()?);
        }
        Ok(Self {
            entity,
            known,
            update,
        })
    }

    /// Rewrites the keys of the indexes that are made of a changed member. With `all`, also those of which all members are
    /// known, because the update may make the item.
    pub(super) fn rewrite<M: Table>(&mut self, all: bool) -> Result<(), Error> {
        for index in M::SCHEMA.indexes() {
            let members = index.members();
            let is_changed = |member: &usize| matches!(self.known[*member], Known::Changed(_));
            let is_known = |member: &usize| self.known[*member] != Known::Nothing;
            if members.iter().any(is_changed) || (all && members.iter().all(is_known)) {
                self.rewrite_index::<M>(index, &members, all)?;
            }
        }
        Ok(())
    }

    fn rewrite_index<M: Table>(
        &mut self,
        index: &'static IndexSchema,
        members: &[usize],
        all: bool,
    ) -> Result<(), Error> {
        let is_sparse = members.iter().any(|m| self.entity.members[*m].optional);
        let is_gone = members.iter().any(|m| self.known[*m].is_absent());
        let values = self.values();
        for (place, (element, source)) in index.keys().iter().zip(index.sources()).enumerate() {
            let KeySource::Template(_) = source else {
                continue;
            };
            if M::KEYS.contains(element.name()) {
                continue;
            }
            let path = Path::root(element.name());
            if is_gone {
                self.add(Clause::Remove(path));
                continue;
            }
            let changes = source
                .members()
                .any(|m| matches!(self.known[m], Known::Changed(_)));
            if is_sparse || changes || all {
                let text = self.text(index, place, element, source, &values)?;
                self.add(Clause::Set(path, Term::attribute_value(text)));
            }
        }
        Ok(())
    }

    /// Returns the members' values; NULL for one that is absent or not known.
    fn values(&self) -> Vec<AttributeValue> {
        let absent = || AttributeValue::Null(true);
        let known = self.known.iter().map(Known::value);
        known
            .map(|value| value.cloned().unwrap_or_else(absent))
            .collect()
    }

    /// Returns the text of an index's key attribute.
    fn text(
        &self,
        index: &IndexSchema,
        place: usize,
        element: &KeyElement,
        source: &KeySource,
        values: &[AttributeValue],
    ) -> Result<AttributeValue, Error> {
        if let Some(unknown) = source.members().find(|m| self.known[*m] == Known::Nothing) {
            return Err(invalid(format!(
                "the update changes the key of index `{}`, and does not know `{}`, of which it is made too; set that as well, by `set_together` if it cannot be set alone",
                index.accessor(),
                self.entity.members[unknown].name
            )));
        }
        let text = render_source(index.keys(), place, source, values)?;
        text.map(AttributeValue::S).ok_or_else(|| {
            invalid(format!(
                "a member of the key attribute `{}` is absent",
                element.name()
            ))
        })
    }

    /// Writes what an item has besides the update's attributes: the members of its key, and its kind.
    pub(super) fn make<M: Table>(&mut self) {
        let key: Vec<(&'static str, AttributeValue)> = self
            .entity
            .members
            .iter()
            .zip(&self.known)
            .take(self.entity.key_members)
            .filter_map(|(member, known)| Some((member.attribute, known.value()?.clone())))
            .collect();
        for (attribute, value) in key {
            if !M::KEYS.contains(attribute) {
                let path = Path::root(attribute);
                self.add(Clause::Set(path, Term::attribute_value(value)));
            }
        }
        if let Some(kind) = self.entity.kind
            && let Some(attribute) = kind.attribute
        {
            let kind = AttributeValue::S(kind.name.to_owned());
            self.add(Clause::Set(
                Path::root(attribute),
                Term::attribute_value(kind),
            ));
        }
    }

    fn add(&mut self, clause: Clause) {
        *self.update = std::mem::take(self.update).clause(clause);
    }
}

/// Returns the conditions that the given members are as they are said to be.
pub(super) fn given_conditions(entity: &EntitySchema, given: &[Given]) -> Condition {
    Condition::all(given.iter().filter_map(|given| {
        // A member of the table's key is what it is.
        if given.member < entity.key_members {
            return None;
        }
        let attribute = DynAttr::from(Path::root(entity.members.get(given.member)?.attribute));
        Some(match given.value.as_ref().ok()? {
            Some(value) => attribute.eq(Term::attribute_value(value.clone())),
            None => attribute.not_exists(),
        })
    }))
}

/// Returns the value that a clause gives a member; `None` if it removes the member.
fn changed(
    entity: &EntitySchema,
    index: usize,
    clause: &Clause,
) -> Result<Option<AttributeValue>, Error> {
    let member = entity.members[index].name;
    if index < entity.key_members {
        return Err(invalid(format!(
            "`{member}` is a member of the key, and a key never changes; put a new item and delete the old one: `replace`"
        )));
    }
    let value = match clause {
        Clause::Remove(_) => Some(None),
        Clause::Set(_, term) => term.literal().map(|value| Some(value.clone())),
        Clause::Add(..) | Clause::Delete(..) => None,
    };
    let value = value.filter(|_| clause.path().segments().is_empty());
    value.ok_or_else(|| {
        invalid(format!(
            "`{member}` is a member of the key of an index, which is text that is made here; set it to a value"
        ))
    })
}

fn invalid(message: String) -> Error {
    Error::InvalidKey(InvalidKey::new(message))
}
