//! Tables, keys and indexes as constants: the derive writes them, and the library reads them at run time.

use super::{
    EntitySchema, IndexProjection, KeyElement, KeySchema, KeySource, Lifecycle, VectorIndexSchema,
};

/// A table as its model declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSchema {
    name: &'static str,
    keys: KeySchema,
    #[doc(hidden)]
    pub indexes: &'static [IndexSchema],
    ttl: Option<&'static str>,
    attributes: &'static [&'static str],
    required: &'static [&'static str],
    /// How the keys are made of fields; `None` if they are fields.
    entity: Option<&'static EntitySchema>,
    lifecycle: Lifecycle,
    vector_indexes: &'static [VectorIndexSchema],
}

impl TableSchema {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        keys: KeySchema,
        indexes: &'static [IndexSchema],
        ttl: Option<&'static str>,
        attributes: &'static [&'static str],
        required: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            keys,
            indexes,
            ttl,
            attributes,
            required,
            entity: None,
            lifecycle: Lifecycle::NONE,
            vector_indexes: &[],
        }
    }

    /// Returns the schema with these vector indexes.
    #[doc(hidden)]
    pub const fn with_vector_indexes(self, indexes: &'static [VectorIndexSchema]) -> Self {
        Self {
            vector_indexes: indexes,
            ..self
        }
    }

    /// Returns the schema of a model of which dkmio keeps attributes itself.
    #[doc(hidden)]
    pub const fn with_lifecycle(self, lifecycle: Lifecycle) -> Self {
        Self { lifecycle, ..self }
    }

    pub(crate) const fn lifecycle(&self) -> &Lifecycle {
        &self.lifecycle
    }

    /// Returns the schema of an entity, whose keys are made of its fields.
    #[doc(hidden)]
    pub const fn with_entity(self, entity: &'static EntitySchema) -> Self {
        Self {
            entity: Some(entity),
            ..self
        }
    }

    /// `false` for an entity, which is one of several of a table.
    pub(super) const fn defines_table(&self) -> bool {
        match self.entity {
            Some(entity) => entity.kind.is_none(),
            None => true,
        }
    }

    pub(crate) const fn entity(&self) -> Option<&'static EntitySchema> {
        self.entity
    }

    /// Returns the table's name, before a connection's prefix or override.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the table's keys.
    pub const fn keys(&self) -> &KeySchema {
        &self.keys
    }

    /// Returns the table's indexes.
    pub const fn indexes(&self) -> &'static [IndexSchema] {
        self.indexes
    }

    /// Returns the table's vector indexes.
    pub const fn vector_indexes(&self) -> &'static [VectorIndexSchema] {
        self.vector_indexes
    }

    /// Returns the time-to-live attribute.
    pub const fn ttl(&self) -> Option<&'static str> {
        self.ttl
    }

    /// Returns the names of all attributes, in the order of the struct.
    pub const fn attributes(&self) -> &'static [&'static str] {
        self.attributes
    }

    /// Returns the names of the attributes that an item must have for the model to read it, in the order of the struct.
    ///
    /// The keys are among them. Not among them is what serde reads where it is absent: an `Option`, a
    /// [`Set`](crate::Set), and a field with `#[serde(default)]` or `#[serde(skip_deserializing)]`. The list goes by
    /// how the field's type is spelled, so that an alias of `Option` counts as required. What the fields of a
    /// flattened struct require is not known here.
    ///
    /// An update creates the item where there is none: one that does not set all of these then makes an item that the
    /// model cannot read.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::{DynamoTable, Table};
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Serialize, Deserialize, DynamoTable)]
    /// #[dkmio(table = "users")]
    /// struct Users {
    ///     #[pk]
    ///     id: String,
    ///     #[serde(rename = "mail")]
    ///     email: String,
    ///     name: Option<String>,
    ///     #[serde(default)]
    ///     visits: u32,
    /// }
    ///
    /// assert_eq!(Users::SCHEMA.required(), ["id", "mail"]);
    /// ```
    pub const fn required(&self) -> &'static [&'static str] {
        self.required
    }
}

/// Tells whether an index spans the table or one partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexScope {
    /// A global secondary index: keys of its own, always eventually consistent.
    Global,
    /// A local secondary index: the table's partition key and another sort key.
    Local,
}

/// A secondary index as its model declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexSchema {
    accessor: &'static str,
    name: &'static str,
    scope: IndexScope,
    keys: KeySchema,
    projection: IndexProjection,
    /// What each key attribute is made of, in the order of the keys; empty if they are fields.
    sources: &'static [KeySource],
}

impl IndexSchema {
    #[doc(hidden)]
    pub const fn global(
        accessor: &'static str,
        name: &'static str,
        keys: KeySchema,
        projection: IndexProjection,
    ) -> Self {
        Self {
            accessor,
            name,
            scope: IndexScope::Global,
            keys,
            projection,
            sources: &[],
        }
    }

    #[doc(hidden)]
    pub const fn local(
        accessor: &'static str,
        name: &'static str,
        keys: KeySchema,
        projection: IndexProjection,
    ) -> Self {
        Self {
            accessor,
            name,
            scope: IndexScope::Local,
            keys,
            projection,
            sources: &[],
        }
    }

    /// Returns the index of a shared table as an entity uses it.
    #[doc(hidden)]
    pub const fn of_entity(self, accessor: &'static str, sources: &'static [KeySource]) -> Self {
        Self {
            accessor,
            sources,
            ..self
        }
    }

    pub(crate) const fn sources(&self) -> &'static [KeySource] {
        self.sources
    }

    /// Returns the indexes of the members of which an entity's keys of this index are made; one that comes twice comes twice.
    pub(crate) fn members(&self) -> Vec<usize> {
        self.sources.iter().flat_map(KeySource::members).collect()
    }

    /// Returns the name of the index's accessor on the model.
    pub const fn accessor(&self) -> &'static str {
        self.accessor
    }

    /// Returns the index's name in DynamoDB.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns whether the index is global or local.
    pub const fn scope(&self) -> IndexScope {
        self.scope
    }

    /// Returns the index's keys.
    pub const fn keys(&self) -> &KeySchema {
        &self.keys
    }

    /// Returns what the index holds of the table.
    pub const fn projection(&self) -> IndexProjection {
        self.projection
    }
}

impl IndexProjection {
    /// Returns the attributes that the index of this table holds; `None` for all.
    pub(crate) fn attributes(
        self,
        table: &TableSchema,
        index: &IndexSchema,
    ) -> Option<Vec<&'static str>> {
        let others: &[&str] = match self {
            Self::All => return None,
            Self::KeysOnly => &[],
            Self::Include(others) => others,
        };
        let keys = index.keys.iter().chain(table.keys.iter());
        let mut names = Vec::new();
        for name in keys.map(KeyElement::name).chain(others.iter().copied()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Some(names)
    }
}
