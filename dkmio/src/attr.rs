//! Attributes: typed handles that closures see, and the paths that they lead to.

mod document;
mod entry_key;
mod flattened;
mod path;

pub use self::document::{Document, ListAttr, MapAttr, Nested};
pub use self::entry_key::{ByKey, ByName, EntryKey, MapType};
pub use self::flattened::{Flattened, FlattenedMap, Is, Spread, flattened, flattened_into};
pub use self::path::{Path, Segment};
use crate::codec::wire::{self, WireError};
use crate::codec::{self, CodecError};
use crate::schema::{ReadsAs, Removable};
use crate::value::AttributeValue;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

/// A typed handle of one attribute.
///
/// `A` says which attribute it is, `T` is the type it compares and sets as, `S` what selecting it yields, and `W` what
/// is read from the wire and turned into `S` (another type only for a field with `#[serde(with = "..")]`).
pub struct Attr<A, T, S = T, W = S> {
    path: Path,
    types: Types<A, T, S, W>,
}

type Types<A, T, S, W> = PhantomData<fn() -> (A, T, S, W)>;

impl<A, T, S, W> Attr<A, T, S, W> {
    pub(crate) fn path_ref(&self) -> &Path {
        &self.path
    }

    pub(crate) fn into_path(self) -> Path {
        self.path
    }
}

impl<A, T, S, W> Clone for Attr<A, T, S, W> {
    fn clone(&self) -> Self {
        Self::from_path(self.path.clone())
    }
}

/// A handle that is made from a path.
pub trait FromPath {
    #[doc(hidden)]
    fn from_path(path: Path) -> Self;
}

impl<A, T, S, W> FromPath for Attr<A, T, S, W> {
    fn from_path(path: Path) -> Self {
        Self {
            path,
            types: PhantomData,
        }
    }
}

/// What a closure returns to name an attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an attribute",
    label = "expected an attribute, such as `o.total()`",
    note = "a field with `#[serde(flatten)]` is no attribute, but many: name one of them, such as `o.audit().rev()`"
)]
pub trait Handle {
    /// The attribute's marker.
    type Attribute;
    /// The type it compares and sets as.
    type Type;
    /// What selecting it yields.
    type Selected: Send + 'static;
    /// What is read from the wire.
    type Wire: Readable + Into<Self::Selected>;

    /// Returns the attribute's path.
    fn path(&self) -> &Path;
}

impl<A, T, S, W> Handle for Attr<A, T, S, W>
where
    S: Send + 'static,
    W: Readable + Into<S>,
{
    type Attribute = A;
    type Type = T;
    type Selected = S;
    type Wire = W;

    fn path(&self) -> &Path {
        &self.path
    }
}

/// The marker of an element of a list, or of an entry of a map.
pub struct Element;
#[diagnostic::do_not_recommend]
impl Removable for Element {}

impl<A, E, S, W> Attr<A, Vec<E>, S, W> {
    /// Names the element at `index`, from zero.
    pub fn at(&self, index: usize) -> Attr<Element, E, Option<E>> {
        FromPath::from_path(self.path.index(index))
    }
}

impl<A, K, E, H, S, W> Attr<A, HashMap<K, E, H>, S, W> {
    /// Names the entry of this key: a `K`, a reference to one, or the entry's name as a `&str`.
    ///
    /// A key that serde does not write as a string is an error when the request is sent or explained.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::{DynamoTable, KeyAttribute};
    /// use serde::{Deserialize, Serialize};
    /// use std::collections::{BTreeMap, HashMap};
    ///
    /// #[derive(PartialEq, Eq, Hash, Serialize, Deserialize, KeyAttribute)]
    /// struct UserId(String);
    ///
    /// #[derive(Serialize, Deserialize, DynamoTable)]
    /// #[dkmio(table = "games")]
    /// struct Games {
    ///     #[pk]
    ///     id: String,
    ///     scores: HashMap<UserId, u32>,
    ///     moves: BTreeMap<u64, String>,
    /// }
    ///
    /// let update = Games::update("g_1")
    ///     .add(|g| g.scores().entry("u1"), 3)
    ///     .set(|g| g.scores().entry(UserId("u2".to_owned())), 0)
    ///     .set(|g| g.moves().entry(17), "e4");
    /// # update.explain()?;
    /// # Ok::<(), dkmio::Error>(())
    /// ```
    pub fn entry<By>(&self, key: impl EntryKey<K, By>) -> Attr<Element, E, Option<E>> {
        FromPath::from_path(self.path.entry_of(key.into_name()))
    }
}

impl<A, K, E, S, W> Attr<A, BTreeMap<K, E>, S, W> {
    /// Names the entry of this key: a `K`, a reference to one, or the entry's name as a `&str`.
    ///
    /// A key that serde does not write as a string is an error when the request is sent or explained.
    pub fn entry<By>(&self, key: impl EntryKey<K, By>) -> Attr<Element, E, Option<E>> {
        FromPath::from_path(self.path.entry_of(key.into_name()))
    }
}

/// An attribute that is named at run time; see [`attr`].
#[derive(Clone, Debug)]
pub struct DynAttr {
    path: Path,
}

impl DynAttr {
    /// Names the attribute or map entry `name` within this one; a dot in it is part of the name.
    pub fn entry(&self, name: impl Into<String>) -> Self {
        Self {
            path: self.path.entry(name.into()),
        }
    }

    /// Names the element at `index` of this list, from zero.
    pub fn at(&self, index: usize) -> Self {
        Self {
            path: self.path.index(index),
        }
    }

    pub(crate) fn path_ref(&self) -> &Path {
        &self.path
    }

    pub(crate) fn into_path(self) -> Path {
        self.path
    }
}

/// The type of an attribute that is named at run time: any.
pub struct Any;
/// The marker of an attribute that is named at run time.
pub struct Dynamic;
#[diagnostic::do_not_recommend]
impl Removable for Dynamic {}

/// Names an attribute at run time, by a document path such as `address.city` or `items[0].qty`.
///
/// A backslash takes the next character literally: `attr(r"user\.name")` is one name with a dot. A path that does not
/// parse is an error when the request is sent or explained. For a model's own attributes prefer its accessors.
///
/// # Examples
///
/// ```
/// use dkmio::attr;
/// use dkmio::expr::Expression;
///
/// let e = Expression::builder().filter(attr("address.city").eq("Lima") & attr("tags[0]").exists()).build()?;
/// assert_eq!(e.filter(), Some("#address.#city = :v0 AND attribute_exists(#tags[0])"));
/// # Ok::<(), dkmio::Error>(())
/// ```
pub fn attr(path: &str) -> DynAttr {
    DynAttr {
        path: Path::parse(path),
    }
}

impl From<Path> for DynAttr {
    fn from(path: Path) -> Self {
        Self { path }
    }
}

impl Handle for DynAttr {
    type Attribute = Dynamic;
    type Type = Any;
    type Selected = Option<AttributeValue>;
    type Wire = DynamicValue;

    fn path(&self) -> &Path {
        &self.path
    }
}

/// What the value of a selected attribute is read into.
#[allow(private_interfaces, reason = "its functions are for this crate")]
pub trait Readable: Sized {
    #[doc(hidden)]
    fn read(value: Option<AttributeValue>) -> Result<Self, CodecError>;
    #[doc(hidden)]
    fn read_json(value: Option<wire::UnreadValue<'_>>) -> Result<Self, WireError>;
}

#[allow(private_interfaces, reason = "its functions are for this crate")]
impl<T: DeserializeOwned> Readable for T {
    fn read(value: Option<AttributeValue>) -> Result<Self, CodecError> {
        match value {
            Some(value) => codec::decode(value),
            None => codec::decode_missing(),
        }
    }

    fn read_json(value: Option<wire::UnreadValue<'_>>) -> Result<Self, WireError> {
        match value {
            Some(value) => value.decode(),
            None => codec::decode_missing().map_err(WireError::Value),
        }
    }
}

/// The value of a dynamic attribute, as it is.
pub struct DynamicValue(Option<AttributeValue>);

#[allow(private_interfaces, reason = "its functions are for this crate")]
impl Readable for DynamicValue {
    fn read(value: Option<AttributeValue>) -> Result<Self, CodecError> {
        Ok(Self(value))
    }

    fn read_json(value: Option<wire::UnreadValue<'_>>) -> Result<Self, WireError> {
        Ok(Self(value.map(wire::UnreadValue::read).transpose()?))
    }
}

impl From<DynamicValue> for Option<AttributeValue> {
    fn from(raw: DynamicValue) -> Self {
        raw.0
    }
}

/// States that an attribute reads as a field's type.
#[doc(hidden)]
pub fn reads_as<H: Handle, T>(_: H)
where
    H::Selected: ReadsAs<T>,
{
}

/// Makes the handle of a top-level attribute that is no document.
#[doc(hidden)]
pub fn leaf<A, T, S, W>(name: &'static str) -> Attr<A, T, S, W> {
    root(name)
}

/// Makes the handle of a top-level attribute.
#[doc(hidden)]
pub fn root<H: FromPath>(name: &'static str) -> H {
    H::from_path(Path::root(Cow::Borrowed(name)))
}

/// Makes the handle of an attribute of a nested document.
#[doc(hidden)]
pub fn child<A, T, S, W, H: FromPath>(parent: &Attr<A, T, S, W>, name: &'static str) -> H {
    H::from_path(parent.path.child(name))
}
