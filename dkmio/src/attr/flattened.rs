//! Fields with `#[serde(flatten)]`: their attributes are the item's own.

use super::{Attr, Element, EntryKey, FromPath, Path};
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

/// The type of a flattened field whose attributes have accessors: a struct that derives
/// [`DynamoDocument`](derive@crate::DynamoDocument), an `Option` or `Box` of one, or a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is flattened, and has no accessors for its attributes",
    label = "its attributes are not known",
    note = "`#[serde(flatten)]` spreads a field over many attributes of the item, and the derive does not see which",
    note = "derive `dkmio::DynamoDocument` for the flattened struct; or name an attribute at run time, `dkmio::attr(\"..\")`, or declare it as a field of its own"
)]
pub trait Flattened {
    /// The handle that has the accessors.
    type Handle<A: 'static>: FromPath + 'static;

    /// Returns the handle of what is flattened into an item.
    #[doc(hidden)]
    fn of_item<A: 'static>() -> &'static Self::Handle<A>;
}

/// The type is `T`.
pub trait Is<T> {}
#[diagnostic::do_not_recommend]
impl<T> Is<T> for T {}

/// The type that selecting a flattened field yields. It has no use, because such a field is no attribute and cannot be
/// selected.
pub struct Spread;

impl<D: Flattened> Flattened for Option<D> {
    type Handle<A: 'static> = D::Handle<A>;

    fn of_item<A: 'static>() -> &'static D::Handle<A> {
        D::of_item()
    }
}

impl<D: Flattened> Flattened for Box<D> {
    type Handle<A: 'static> = D::Handle<A>;

    fn of_item<A: 'static>() -> &'static D::Handle<A> {
        D::of_item()
    }
}

macro_rules! maps {
    ($([$($generics:ident),*] $map:ty;)*) => { $(
        impl<$($generics: 'static),*> Flattened for $map {
            type Handle<A: 'static> = FlattenedMap<A, K, V>;

            fn of_item<A: 'static>() -> &'static FlattenedMap<A, K, V> {
                const { &FlattenedMap { path: Path::flattened("a flattened map"), types: PhantomData } }
            }
        }
    )* };
}
maps! {
    [K, V, H] HashMap<K, V, H>;
    [K, V] BTreeMap<K, V>;
}

/// A handle of a flattened map: its entries are attributes of the item.
///
/// # Examples
///
/// ```
/// use dkmio::DynamoTable;
/// use std::collections::HashMap;
///
/// #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// #[dkmio(table = "products")]
/// struct Products {
///     #[pk]
///     id: String,
///     #[serde(flatten)]
///     more: HashMap<String, String>,
/// }
///
/// let red = Products::scan().filter(|p| p.more().entry("color").eq("red"));
/// assert_eq!(red.explain()?.filter(), Some("#color = :v0"));
/// # Ok::<(), dkmio::Error>(())
/// ```
pub struct FlattenedMap<A, K, V> {
    path: Path,
    types: Types<A, K, V>,
}

type Types<A, K, V> = PhantomData<fn() -> (A, K, V)>;

impl<A, K, V> FlattenedMap<A, K, V> {
    /// Names the attribute that is the entry of this key: a `K`, a reference to one, or its name as a `&str`.
    pub fn entry<By>(&self, key: impl EntryKey<K, By>) -> Attr<Element, V, Option<V>> {
        FromPath::from_path(self.path.entry_of(key.into_name()))
    }
}

impl<A, K, V> FromPath for FlattenedMap<A, K, V> {
    fn from_path(path: Path) -> Self {
        Self {
            path,
            types: PhantomData,
        }
    }
}

impl<A, T> Attr<A, T, Spread> {
    /// The handle of what is flattened into an item.
    #[doc(hidden)]
    pub const FLATTENED: Self = Self {
        path: Path::flattened("a flattened struct"),
        types: PhantomData,
    };
}

/// Makes the handle of a field that is flattened into the item.
#[doc(hidden)]
pub fn flattened<H: FromPath>(name: &'static str) -> H {
    H::from_path(Path::flattened(name))
}

/// Makes the handle of a field that is flattened into this document.
#[doc(hidden)]
pub fn flattened_into<A, T, S, W, H: FromPath>(document: &Attr<A, T, S, W>) -> H {
    H::from_path(document.path.flattened_here())
}
