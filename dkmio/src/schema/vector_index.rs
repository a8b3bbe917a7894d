//! What the derive implements for each vector index.

use super::key::key_values;
use super::{KeyFault, KeyValue, Source, VectorIndexSchema};
use crate::value::{AttributeValue, KeyAttribute, KeyKind, Score};

/// What a search of a vector index reads: implemented by the derive for each `#[vector_index(..)]`.
pub trait VectorSource: Source {
    /// The vectors of the index: [`Vector`](crate::Vector) of its dimensions.
    type Vector: AsRef<[f32]>;
    /// The score of a found item.
    type Score: Score;
    /// Whether a search must say in which partition: [`Unscoped`] or [`Anywhere`].
    type Start;
    /// The filters, as the closure of a search sees them.
    type Filters: Default;
    /// The index.
    #[doc(hidden)]
    const VECTOR_INDEX: Option<&'static VectorIndexSchema>;
}

/// A search that must name a partition, and has not yet.
#[doc(hidden)]
pub struct Unscoped;
/// A search that names its partition.
#[doc(hidden)]
pub struct Scoped;
/// A search of an index without a partition attribute.
#[doc(hidden)]
pub struct Anywhere;

/// The search says all that its index needs.
#[diagnostic::on_unimplemented(
    message = "this search does not say in which partition of the vector index",
    label = "the index has a partition attribute, and each search names one of its values",
    note = "add `.within(value)`: DynamoDB searches one partition of such an index, and refuses a search without one"
)]
pub trait Searchable {}
#[diagnostic::do_not_recommend]
impl Searchable for Scoped {}
#[diagnostic::do_not_recommend]
impl Searchable for Anywhere {}

/// The search takes a partition.
#[diagnostic::on_unimplemented(
    message = "`.within(..)` has no place in this search",
    label = "the index has no partition attribute, or the partition is named already",
    note = "an index is partitioned by `pk = field` of its `#[vector_index(..)]`"
)]
pub trait TakesPartition<P, T> {
    /// Encodes the value of the partition attribute.
    #[doc(hidden)]
    fn encode(partition: P) -> Result<Vec<AttributeValue>, KeyFault>;
}
impl<T, P: KeyValue<T>> TakesPartition<P, T> for Unscoped {
    fn encode(partition: P) -> Result<Vec<AttributeValue>, KeyFault> {
        key_values(partition, 1)
    }
}

/// An attribute of a type that a search can filter on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a filter of a vector index",
    label = "a filter is a string, a number or binary",
    note = "store it as a string or a number, or derive `dkmio::KeyAttribute` for a type of your own that is one"
)]
pub trait FilterAttribute {
    #[doc(hidden)]
    const KIND: KeyKind;
}
#[diagnostic::do_not_recommend]
impl<T: KeyAttribute> FilterAttribute for T {
    const KIND: KeyKind = T::KIND;
}

/// The vector index filters by the attribute `A`; resolved like [`Projects`](super::Projects).
#[doc(hidden)]
pub trait FiltersBy<A> {}
