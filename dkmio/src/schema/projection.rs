//! Structs that read a part of an item.

use super::{Source, Table};
use serde::de::DeserializeOwned;

/// The attribute of a table by the hash of its name: lets a projection, which knows names only, find the attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no such attribute",
    label = "no attribute of this name in `{Self}`",
    note = "what is in a field with `#[serde(flatten)]` is selected by its accessor, such as `.select(|e| e.audit().rev())`"
)]
// Hidden, because a model implements it for each of its attributes.
#[doc(hidden)]
pub trait Field<const NAME: u64> {
    /// The attribute's marker.
    type Attribute;
}

/// The attribute of this marker is selected as `T`.
///
/// The type is a parameter, because an associated type of a public table would have to be public itself.
#[doc(hidden)]
pub trait SelectedAs<T> {}

/// A struct that reads a part of what `S` projects.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a projection of `{S}`",
    label = "not a projection of `{S}`",
    note = "derive `dkmio::Projection` with `#[projection(of = ..)]` naming the table that `{S}` reads",
    note = "a struct with a lifetime is read by `.select_borrowed::<T>()` of a query or scan"
)]
pub trait ProjectionOf<S: Source>: DeserializeOwned + Send + 'static {
    /// The names of its attributes.
    const NAMES: &'static [&'static str];
}

/// An attribute of this type reads as `T`.
#[diagnostic::on_unimplemented(
    message = "an attribute of type `{Self}` does not read as `{T}`",
    label = "the table's field is `{Self}`",
    note = "use the same type, or `Option` of it"
)]
// Hidden, because it is implemented for each type and would appear on the page of each.
#[doc(hidden)]
pub trait ReadsAs<T> {}
impl<T> ReadsAs<T> for T {}
impl<T> ReadsAs<Option<T>> for T {}

/// The source belongs to the table `T`.
#[diagnostic::on_unimplemented(
    message = "this is a projection of `{T}`, and `{Self}` is read here",
    label = "a projection of another table"
)]
pub trait IsTable<T> {
    /// The table itself. Bounds on it are checked only if the source belongs to `T`, so that rustc reports one error.
    type Table;
}
impl<T: Table> IsTable<T> for T {
    type Table = T;
}

/// States that the attribute of this name reads as a field's type.
pub const fn field_reads_as<M: Field<NAME>, const NAME: u64, T, S>()
where
    M::Attribute: SelectedAs<S>,
    S: ReadsAs<T>,
{
}

/// Returns the hash of a name, as [`Field`] takes it.
pub const fn field_hash(name: &str) -> u64 {
    fnv1a(name.as_bytes())
}

/// Returns the 64-bit FNV-1a hash: stable for ever, unlike the standard library's.
pub(crate) const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}
