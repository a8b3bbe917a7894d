//! Handles of nested documents, lists of them and maps of them.

use super::{Attr, Element, EntryKey, FromPath, Handle, MapType, Path, Readable};
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;
use std::ops::Deref;

/// A nested struct whose attributes have accessors: one that derives [`DynamoDocument`](derive@crate::DynamoDocument),
/// or an `Option`, `Box`, `Vec` or map of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a document",
    label = "opened by `#[dkmio(document)]`",
    note = "derive `dkmio::DynamoDocument` for it, or drop `#[dkmio(document)]` to keep it a plain value"
)]
pub trait Document: Sized {
    /// The handle of such a document as the attribute `A`, selected as `S`.
    type Handle<A, S>: FromPath;
}

impl<D: Document> Document for Option<D> {
    type Handle<A, S> = D::Handle<A, S>;
}
impl<D: Document> Document for Box<D> {
    type Handle<A, S> = D::Handle<A, S>;
}
impl<D: Document> Document for Vec<D> {
    type Handle<A, S> = ListAttr<A, D, S>;
}
impl<K, D: Document, H> Document for HashMap<K, D, H> {
    type Handle<A, S> = MapAttr<A, D, Self, S>;
}
impl<K, D: Document> Document for BTreeMap<K, D> {
    type Handle<A, S> = MapAttr<A, D, Self, S>;
}

/// The handle of a nested document.
pub type Nested<D, A, S> = <D as Document>::Handle<A, S>;

/// A handle of a list of documents.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDocument, DynamoTable};
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoDocument)]
/// struct Line { sku: String, qty: u32 }
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "carts")]
/// struct Carts { #[pk] id: String, #[dkmio(document)] lines: Vec<Line> }
///
/// let update = Carts::update("c1").set(|c| c.lines().at(0).qty(), 2).condition(|c| c.lines().size().ge(1));
/// assert_eq!(update.explain()?.update(), Some("SET #lines[0].#qty = :v0"));
/// # Ok::<(), dkmio::Error>(())
/// ```
pub struct ListAttr<A, D, S = Vec<D>> {
    attr: Attr<A, Vec<D>, S>,
    element: PhantomData<fn() -> D>,
}

impl<A, D: Document, S> ListAttr<A, D, S> {
    /// Names the element at `index`, from zero.
    pub fn at(&self, index: usize) -> D::Handle<Element, Option<D>> {
        FromPath::from_path(self.attr.path_ref().index(index))
    }
}

impl<A, D, S> FromPath for ListAttr<A, D, S> {
    fn from_path(path: Path) -> Self {
        Self {
            attr: FromPath::from_path(path),
            element: PhantomData,
        }
    }
}

impl<A, D, S> Deref for ListAttr<A, D, S> {
    type Target = Attr<A, Vec<D>, S>;

    fn deref(&self) -> &Self::Target {
        &self.attr
    }
}

impl<A, D, S: Readable + Send + 'static> Handle for ListAttr<A, D, S> {
    type Attribute = A;
    type Type = Vec<D>;
    type Selected = S;
    type Wire = S;

    fn path(&self) -> &Path {
        self.attr.path_ref()
    }
}

/// A handle of a map of documents.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoDocument, DynamoTable};
/// use std::collections::HashMap;
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoDocument)]
/// struct Seat { name: String, price: u32 }
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "shows")]
/// struct Shows { #[pk] id: String, #[dkmio(document)] seats: HashMap<String, Seat> }
///
/// let update = Shows::update("s1").set(|s| s.seats().entry("A-7").price(), 30).if_exists();
/// assert_eq!(update.explain()?.update(), Some("SET #seats.#n0.#price = :v0"));
/// # Ok::<(), dkmio::Error>(())
/// ```
pub struct MapAttr<A, D, M, S = M> {
    attr: Attr<A, M, S>,
    entry: PhantomData<fn() -> D>,
}

impl<A, D: Document, M: MapType, S> MapAttr<A, D, M, S> {
    /// Names the entry of this key: one of the map's key type, a reference to one, or the entry's name as a `&str`.
    ///
    /// A key that serde does not write as a string is an error when the request is sent or explained.
    pub fn entry<By>(&self, key: impl EntryKey<M::Key, By>) -> D::Handle<Element, Option<D>> {
        FromPath::from_path(self.attr.path_ref().entry_of(key.into_name()))
    }
}

impl<A, D, M, S> FromPath for MapAttr<A, D, M, S> {
    fn from_path(path: Path) -> Self {
        Self {
            attr: FromPath::from_path(path),
            entry: PhantomData,
        }
    }
}

impl<A, D, M, S> Deref for MapAttr<A, D, M, S> {
    type Target = Attr<A, M, S>;

    fn deref(&self) -> &Self::Target {
        &self.attr
    }
}

impl<A, D, M, S: Readable + Send + 'static> Handle for MapAttr<A, D, M, S> {
    type Attribute = A;
    type Type = M;
    type Selected = S;
    type Wire = S;

    fn path(&self) -> &Path {
        self.attr.path_ref()
    }
}
