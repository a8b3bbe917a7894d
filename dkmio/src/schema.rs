//! What the derive implements: tables, their keys, indexes and projections, and what may be done with an attribute.
//!
//! For programs there are [`Table`], the bound of code for any model, and [`TableSchema`], what a model declares. The rest is
//! not named or implemented by hand; it is documented so that error messages and signatures can be read.

mod borrowed;
mod const_text;
mod context;
mod encoded_key;
mod entity;
mod entity_check;
mod entity_item;
mod entity_key;
mod entity_set;
mod index_projection;
mod into_key_part;
mod item_keys;
mod item_kind;
mod joint;
mod key;
mod key_check;
mod key_fault;
mod key_limits;
mod key_of_item;
mod key_parts;
mod key_places;
mod key_schema;
mod lifecycle;
mod made_attributes;
mod mermaid;
mod model;
mod own_items;
mod present;
mod projection;
mod read_fields;
mod shared;
mod sort;
mod source_keys;
mod stamps;
mod template;
mod vector_index;
mod vector_index_schema;
mod write_fields;

pub use self::borrowed::{BorrowedProjectionOf, BorrowedRow};
pub use self::context::{
    Allows, AllowsJoint, AllowsKeyMember, AllowsMember, AllowsNonKey, AllowsUpdatedAt,
    AllowsUpdatedAtKey, AllowsVersion, Assign, Changes, ChangesAlone, ChangesKey, Check, Compute,
    Computes, Filter, HasSortKey, HasTtl, HasVersion, NonKey, Projects, PutInBatch, Removable,
    ScanFilter, Select, SettableUpdatedAt, SettableVersion, StronglyConsistent,
};
pub(crate) use self::encoded_key::{EncodedKey, key_identity, write_key};
#[doc(hidden)]
pub use self::entity::{EntitySchema, ItemKind, KeySource, MemberSchema};
pub use self::entity_check::{EntityOf, PartitionedBy};
#[doc(hidden)]
pub use self::entity_check::{
    assert_entity_of, assert_partitioned_by, has_index, has_sort_keys, holds_all, index_has_keys,
    index_holds, is_taken, is_ttl, keys_differ, kinds_differ, partitions_match,
};
pub(crate) use self::entity_item::render_source;
pub use self::entity_set::{EntitySet, KeyOfSet, SourceItem};
pub(crate) use self::entity_set::{FromItem, FromJson};
#[doc(hidden)]
pub use self::entity_set::{Others, ReadByKind, ReadBySerde, ReadEntity, Reading, SetTable};
pub use self::index_projection::IndexProjection;
pub use self::into_key_part::IntoKeyPart;
pub(crate) use self::item_keys::{
    check_item_keys, encode_model, identify_item, is_table_key, key_of,
};
pub(crate) use self::item_kind::KindCheck;
pub use self::joint::{HasJoints, Joint};
#[doc(hidden)]
pub use self::key::encode_member;
pub use self::key::{
    AnyKey, EncodeKey, End, KeyEncoded, KeyOutput, KeyValue, NoSortKey, PrimaryKey, SortState, Then,
};
pub(crate) use self::key::{KeyValues, key_values};
#[doc(hidden)]
pub use self::key_check::{key_is_called, key_is_of_kind, key_is_text, place_agrees};
#[doc(hidden)]
pub use self::key_fault::KeyFault;
pub(crate) use self::key_limits::{
    check_index_key, check_key_condition, check_keys, check_sort_condition,
};
pub(crate) use self::key_of_item::read_key_of;
#[doc(hidden)]
pub use self::key_parts::{KeyParts, read_key};
pub use self::key_schema::{KeyElement, KeySchema};
#[doc(hidden)]
pub use self::lifecycle::Lifecycle;
pub(crate) use self::made_attributes::{hides_keys, is_made_of_fields};
pub use self::model::{IndexSchema, IndexScope, TableSchema};
pub(crate) use self::own_items::{SEQUENCE_KIND, SEQUENCE_PARTITION, is_own, own_partitions};
#[doc(hidden)]
pub use self::present::read_present;
pub(crate) use self::projection::fnv1a;
pub use self::projection::{Field, IsTable, ProjectionOf, SelectedAs};
#[doc(hidden)]
pub use self::projection::{ReadsAs, field_hash, field_reads_as};
#[doc(hidden)]
pub use self::read_fields::{Fields, read_fields};
pub use self::shared::{SharedSchema, SharedTable};
pub use self::sort::{At, Ended, SortStart, Terminated, Unordered, Unsorted};
pub(crate) use self::source_keys::{partition_values, sort_template};
pub(crate) use self::stamps::version_value;
#[doc(hidden)]
pub use self::stamps::{EncodedTime, Stamps};
#[doc(hidden)]
pub use self::template::{Escape, Format, Member, Part, Template, may_collide, same_text};
pub(crate) use self::template::{MemberFault, bounds};
#[doc(hidden)]
pub use self::vector_index::{Anywhere, FilterAttribute, FiltersBy, Scoped, Unscoped};
pub use self::vector_index::{Searchable, TakesPartition, VectorSource};
pub use self::vector_index_schema::{DistanceFunction, VectorIndexSchema};
#[doc(hidden)]
pub use self::write_fields::{Unless, WrittenFields, write_fields};
use crate::value::{KeyAttribute, TimeAttribute, TtlAttribute, VersionAttribute};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// What a query or scan reads: a table, or one of its indexes.
pub trait Source: Sized + 'static {
    /// The table that is read, or that the index belongs to.
    type Table: Table;
    /// What an item is read into: the table's struct, or what the index projects of it.
    type Item: SourceItem;
    /// The partition key's type; a tuple if it has several attributes.
    type Pk;
    /// The sort key's types: `Then<A, Then<B, End>>`, or [`NoSortKey`].
    type Sk: SortStart;
    /// The index; `None` for the table itself.
    const INDEX: Option<&'static IndexSchema>;
    /// The entities that are read of a table that holds others too; none where all items are read.
    #[doc(hidden)]
    const KINDS: &'static [TableSchema] = Self::Table::KINDS_OF_MODEL;
    /// The model whose members name a partition.
    #[doc(hidden)]
    const PARTITION_OF: &'static TableSchema = &Self::Table::SCHEMA;
    /// The keys of the table or index.
    const KEYS: &'static KeySchema = match Self::INDEX {
        Some(index) => index.keys(),
        None => Self::Table::SCHEMA.keys(),
    };
}

/// A model of a table: a struct that derives [`DynamoTable`](derive@crate::DynamoTable).
///
/// # Examples
///
/// Code for any model has it as a bound:
///
/// ```
/// use dkmio::{DynamoTable, Table};
///
/// /// Returns a line for a start-up log.
/// fn described<M: Table>() -> String {
///     let schema = M::SCHEMA;
///     format!("{}: {} indexes, needs {}", schema.name(), schema.indexes().len(), schema.required().join(", "))
/// }
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "users")]
/// struct Users { #[pk] id: String, name: String, email: Option<String> }
///
/// assert_eq!(described::<Users>(), "users: 0 indexes, needs id, name");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "not a table",
    note = "derive `dkmio::DynamoTable` for it, or name a struct that does"
)]
pub trait Table: Source<Table = Self> + Serialize + DeserializeOwned + Send + Sync {
    /// The primary key.
    type Key: DeserializeOwned + Send + 'static;
    /// The partition key's type.
    type PartitionKey;
    /// The sort key's type: `Then<A, End>`, or [`NoSortKey`].
    type SortKey: SortStart;
    /// The attributes, as a closure sees them in the context `C`.
    type Attrs<C>: Default;
    /// The table's name, keys, indexes and attributes.
    const SCHEMA: TableSchema;
    #[doc(hidden)]
    const KINDS_OF_MODEL: &'static [TableSchema] = std::slice::from_ref(&Self::SCHEMA);

    /// Returns the item's primary key.
    fn key(&self) -> Self::Key;

    /// Returns what a put writes of the attributes that dkmio keeps itself; `now` is the time since the Unix epoch.
    #[doc(hidden)]
    fn stamps(&self, _now: Duration) -> Stamps {
        Stamps::default()
    }

    /// Sets the attributes that dkmio keeps itself to what a put has written.
    #[doc(hidden)]
    fn stamp(&mut self, _now: Duration) {}

    /// Returns what an update writes of them: when the item was made if the update makes it, and when it was changed.
    #[doc(hidden)]
    fn times(_now: Duration) -> [Option<EncodedTime>; 2] {
        [None, None]
    }

    /// Hands the values of which the keys of an entity are made to `to`, in the order of the entity's members.
    #[doc(hidden)]
    fn encode_members(&self, _to: &mut dyn KeyOutput) -> KeyEncoded {
        Ok(())
    }
}

/// What [`create_table`](crate::DynamoDb::create_table) and [`verify_table`](crate::DynamoDb::verify_table) take: a model that
/// is alone in its table, or a [`SharedTable`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not define a table",
    label = "not a table",
    note = "derive `dkmio::DynamoTable` or `dkmio::SharedTable` for it, or name a struct that does"
)]
pub trait TableDefinition: 'static {
    /// The table's name, keys, indexes and time to live.
    const DEFINITION: TableSchema;
}

#[diagnostic::do_not_recommend]
impl<M: Table> TableDefinition for M {
    const DEFINITION: TableSchema = {
        // A condition in a bound would have to be stated by all code that is generic over tables.
        assert!(
            M::SCHEMA.defines_table(),
            "an entity is one of several of a table, and knows no index but its own: name the shared table, as in `create_table::<Shop>()`"
        );
        M::SCHEMA
    };
}

// Implemented once and not by the derive, so that rustc reports only once what a table lacks.
#[diagnostic::do_not_recommend]
impl<M: Table + 'static> Source for M {
    type Table = M;
    type Item = M;
    type Pk = M::PartitionKey;
    type Sk = M::SortKey;
    const INDEX: Option<&'static IndexSchema> = None;
}

/// States that a field's type can be a key of a table.
#[doc(hidden)]
pub const fn assert_table_key<T: KeyAttribute>() {}

/// States that a field's type can be a key of an index.
#[doc(hidden)]
pub const fn assert_index_key<T: KeyAttribute>() {}

/// States that a field's type can be a time to live.
#[doc(hidden)]
pub const fn assert_ttl<T: TtlAttribute>() {}

/// States that a field's type can be a version.
#[doc(hidden)]
pub const fn assert_version<T: VersionAttribute>() {}

/// States that a field's type can be a time that dkmio sets.
#[doc(hidden)]
pub const fn assert_time<T: TimeAttribute>() {}
