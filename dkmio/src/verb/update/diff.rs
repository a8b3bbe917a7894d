//! `Update::between`: the update that turns one item into another.

use super::Update;
use super::index_keys::Given;
use crate::attr::Path;
use crate::codec;
use crate::error::{Error, InvalidKey};
use crate::expr::{Clause, Term};
use crate::schema::{EncodeKey, Table};
use crate::value::{Item, clock};
use std::collections::BTreeSet;

impl<M: Table> Update<M> {
    /// Returns the update that changes what differs; `None` if nothing does.
    #[doc(hidden)]
    pub fn between<'m>(
        before: &'m M,
        after: &'m M,
        encode: EncodeKey<&'m M>,
    ) -> Result<Option<Self>, Error> {
        let version = before.stamps(clock::now()).version;
        let mut update = Self::new(before, encode).if_exists().expecting(version);
        let (old, new) = (codec::to_item(before)?, codec::to_item(after)?);
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let changed: Vec<&String> = names
            .into_iter()
            .filter(|name| old.get(*name) != new.get(*name))
            .filter(|name| M::SCHEMA.lifecycle().role(name).is_none())
            .collect();
        if changed.is_empty() {
            return Ok(None);
        }
        for name in &changed {
            if is_in_key::<M>(name) {
                return Err(Error::InvalidKey(InvalidKey::new(format!(
                    "`{name}` is in the key and differs, and a key never changes; use `replace`"
                ))));
            }
            let path = Path::root((*name).clone());
            let clause = match new.get(*name) {
                Some(value) => Clause::Set(path, Term::attribute_value(value.clone())),
                None => Clause::Remove(path),
            };
            update.update = update.update.clause(clause);
        }
        update.state_unchanged(&old, &changed);
        Ok(Some(update))
    }

    /// Says of the unchanged members of the indexes that are rewritten that they are as before. Otherwise two updates could
    /// make a key of one's courier and the other's priority.
    fn state_unchanged(&mut self, old: &Item, changed: &[&String]) {
        let Some(entity) = M::SCHEMA.entity() else {
            return;
        };
        let is_changed = |member: usize| {
            let attribute = entity.members[member].attribute;
            changed.iter().any(|name| *name == attribute)
        };
        let mut stated = BTreeSet::new();
        for index in M::SCHEMA.indexes() {
            let members = index.members();
            if members.iter().any(|member| is_changed(*member)) {
                stated.extend(members.into_iter().filter(|member| !is_changed(*member)));
            }
        }
        let stated = stated
            .into_iter()
            .filter(|member| *member >= entity.key_members);
        self.given.extend(stated.map(|member| Given {
            member,
            value: Ok(old.get(entity.members[member].attribute).cloned()),
        }));
    }
}

/// Returns whether the attribute is a key of the table, or in one.
fn is_in_key<M: Table>(attribute: &str) -> bool {
    let members = M::SCHEMA.entity().into_iter();
    let mut members = members.flat_map(|entity| entity.members.iter().take(entity.key_members));
    M::KEYS.contains(attribute) || members.any(|member| member.attribute == attribute)
}
