//! What the derive implements: tables, their keys, indexes and projections, and what may be done with an attribute.
//!
//! For programs there are [`Table`], the bound of code for any model, and [`TableSchema`], what a model declares. The rest is
//! not named or implemented by hand; it is documented so that error messages and signatures can be read.

mod borrowed;
mod context;
mod encoded_key;
mod into_key_part;
mod item_keys;
mod key;
mod key_limits;
mod key_parts;
mod mermaid;
mod model;
mod present;
mod projection;
mod read_fields;
mod write_fields;

pub use self::borrowed::{BorrowedProjectionOf, BorrowedRow};
pub use self::context::{
    Allows, AllowsNonKey, Change, Changes, Check, Filter, HasSortKey, HasTtl, NonKey, Projects,
    Removable, ScanFilter, Select, StronglyConsistent,
};
pub(crate) use self::encoded_key::{EncodedKey, KeyFault, key_identity, write_key};
pub use self::into_key_part::IntoKeyPart;
pub(crate) use self::item_keys::{
    check_item_keys, encode_model, identify_item, is_table_key, key_of,
};
pub use self::key::{
    AnyKey, EncodeKey, End, KeyEncoded, KeyOutput, KeyValue, NoSortKey, PrimaryKey, SortState, Then,
};
pub(crate) use self::key::{KeyValues, key_values};
pub(crate) use self::key_limits::{
    check_index_key, check_key_condition, check_keys, check_sort_condition,
};
#[doc(hidden)]
pub use self::key_parts::{KeyParts, read_key};
pub use self::model::{
    IndexProjection, IndexSchema, IndexScope, KeyElement, KeySchema, TableSchema,
};
#[doc(hidden)]
pub use self::present::read_present;
pub(crate) use self::projection::fnv1a;
pub use self::projection::{Field, IsTable, ProjectionOf, SelectedAs};
#[doc(hidden)]
pub use self::projection::{ReadsAs, field_hash, field_reads_as};
#[doc(hidden)]
pub use self::read_fields::{Fields, read_fields};
#[doc(hidden)]
pub use self::write_fields::{Unless, WrittenFields, write_fields};
use crate::value::{KeyAttribute, TtlAttribute};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a query or scan reads: a table, or one of its indexes.
pub trait Source: Sized + 'static {
    /// The table that is read, or that the index belongs to.
    type Table: Table;
    /// What an item is read into: the table's struct, or what the index projects of it.
    type Item: DeserializeOwned + Send + 'static;
    /// The partition key's type; a tuple if it has several attributes.
    type Pk;
    /// The sort key's types: `Then<A, Then<B, End>>`, or [`NoSortKey`].
    type Sk;
    /// The index; `None` for the table itself.
    const INDEX: Option<&'static IndexSchema>;
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
    type Key: Send + 'static;
    /// The partition key's type.
    type PartitionKey;
    /// The sort key's type: `Then<A, End>`, or [`NoSortKey`].
    type SortKey;
    /// The attributes, as a closure sees them in the context `C`.
    type Attrs<C>: Default;
    /// The table's name, keys, indexes and attributes.
    const SCHEMA: TableSchema;

    /// Returns the item's primary key.
    fn key(&self) -> Self::Key;
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
