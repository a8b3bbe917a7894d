//! What is said of keys and attributes in hover texts.

use super::{Attribute, Entity, Index, Table};
use crate::keyword::{ticked, tuple};

impl Table {
    /// Returns the key as a user writes it: `id`, or `(user_id, order_id)`.
    pub(crate) fn key_as_written(&self) -> String {
        tuple(&self.names(self.key_positions()))
    }

    fn names(&self, positions: impl Iterator<Item = usize>) -> Vec<&str> {
        let name = |position: usize| self.attributes[position].name.as_str();
        positions.map(name).collect()
    }

    /// Returns what the attribute is in the table and in its indexes: "Time to live. Sort key of `by_status`."
    pub(crate) fn roles(&self, attribute: &Attribute) -> Vec<String> {
        if let Some(entity) = &self.entity {
            return self.roles_in_entity(entity, attribute);
        }
        let is = |position: &usize| self.attributes[*position].ident == attribute.ident;
        let in_table = [
            (is(&self.key.pk), "Partition key"),
            (self.key.sk.as_ref().is_some_and(is), "Sort key"),
            (self.ttl.as_ref().is_some_and(is), "Time to live"),
        ];
        let in_table = in_table
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, role)| format!("{role}."));
        let in_indexes = |role: &str, is_key: &dyn Fn(&Index) -> bool| {
            let indexes = self.indexes.iter().filter(|index| is_key(index));
            let names: Vec<&str> = indexes.map(|index| index.accessor_name.as_str()).collect();
            (!names.is_empty()).then(|| format!("{role} of {}.", ticked(&names)))
        };
        // The partition key of a local index is the table's.
        let partition = in_indexes("Partition key", &|index| {
            index.global && index.pk.iter().any(is)
        });
        let sort = in_indexes("Sort key", &|index| index.sk.iter().any(is));
        let kept = self.kept(attribute);
        in_table.chain(kept).chain(partition).chain(sort).collect()
    }

    /// Returns of which keys of an entity the attribute is a member: "Member of the key. Member of `by_status`."
    fn roles_in_entity(&self, entity: &Entity, attribute: &Attribute) -> Vec<String> {
        let is = |position: &usize| self.attributes[*position].ident == attribute.ident;
        let in_key = entity
            .key()
            .iter()
            .any(is)
            .then(|| "Member of the key.".to_owned());
        let is_ttl = self.ttl.as_ref().is_some_and(is);
        let is_ttl = is_ttl.then(|| "Time to live.".to_owned());
        let indexes = self
            .indexes
            .iter()
            .filter(|index| index.pk.iter().chain(&index.sk).any(is));
        let names: Vec<&str> = indexes.map(|index| index.accessor_name.as_str()).collect();
        let in_indexes = (!names.is_empty()).then(|| format!("Member of {}.", ticked(&names)));
        let kept = self.kept(attribute);
        in_key
            .into_iter()
            .chain(is_ttl)
            .chain(kept)
            .chain(in_indexes)
            .collect()
    }

    /// Returns what the attribute is if dkmio keeps it.
    fn kept(&self, attribute: &Attribute) -> Option<String> {
        let mut attributes = self.attributes.iter();
        let position = attributes.position(|other| other.ident == attribute.ident)?;
        self.lifecycle.role(position).map(str::to_owned)
    }

    /// Returns the names of the attributes in back-ticks.
    pub(crate) fn ticked(&self, attributes: &[usize]) -> String {
        ticked(&self.names(attributes.iter().copied()))
    }

    /// Returns the positions of the attributes that the index holds.
    pub(crate) fn held(&self, index: &Index) -> Vec<usize> {
        (0..self.attributes.len())
            .filter(|attribute| self.holds(index, *attribute))
            .collect()
    }
}
