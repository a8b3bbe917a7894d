//! `Index`: queries and scans of an index.

use super::{Query, Scan};
use crate::schema::{KeyValue, Source};
use std::marker::PhantomData;

/// An index to read from, made by the model's accessor for it, such as `Orders::by_status()`.
///
/// Attributes that the index does not project can be neither selected nor filtered on.
///
/// # Examples
///
/// ```
/// use dkmio::DynamoTable;
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "orders")]
/// #[gsi(by_status, pk = status, sk = total, project = keys_only)]
/// struct Orders { #[pk] id: String, status: String, total: u64, note: String }
///
/// let large = Orders::by_status().query("OPEN").sk(|k| k.ge(100)).descending();
/// assert_eq!(large.explain()?.index(), Some("by-status"));
/// // `OrdersByStatus` has `id`, `status` and `total`, and its key leads to the whole order.
/// let whole = |found: OrdersByStatus| Orders::get(found.key());
/// # let _ = whole;
/// # Ok::<(), dkmio::Error>(())
/// ```
#[must_use = "an index does nothing until it is queried or scanned"]
pub struct Index<S> {
    source: PhantomData<fn() -> S>,
}

impl<S: Source> Index<S> {
    #[doc(hidden)]
    #[allow(clippy::new_without_default, reason = "made by generated code only")]
    pub fn new() -> Self {
        Self {
            source: PhantomData,
        }
    }

    /// Reads the items with this partition key of the index (`Query`); see [`Query`].
    pub fn query<P: KeyValue<S::Pk>>(self, partition: P) -> Query<S> {
        Query::new(partition)
    }

    /// Reads all items of the index (`Scan`); see [`Scan`].
    pub fn scan(self) -> Scan<S> {
        Scan::new()
    }
}
