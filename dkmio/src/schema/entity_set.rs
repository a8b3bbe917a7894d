//! `EntitySet`: an enum of entities, as which items of several kinds are read.

use super::{
    KindCheck, NoSortKey, Source, Table, TableSchema, hides_keys, is_made_of_fields, read_key_of,
};
use crate::codec::wire::{self, Reader, WireError};
use crate::codec::{CodecError, decode_item};
use crate::value::Item;
use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use serde::{Serialize, Serializer};
use std::convert::Infallible;
use std::marker::PhantomData;

/// An enum of entities of one table: it derives [`DynamoEntities`](derive@crate::DynamoEntities).
pub trait EntitySet: Source<Table = SetTable<Self>, Item = Self> + SourceItem {
    /// The entities, in the order of the enum's variants.
    #[doc(hidden)]
    const ENTITIES: &'static [TableSchema];
    /// What becomes of an item of another kind.
    #[doc(hidden)]
    const OTHERS: Others;
    /// The enum's name.
    #[doc(hidden)]
    const NAME: &'static str;
    /// The table that the entities share.
    #[doc(hidden)]
    const SCHEMA: TableSchema;
    /// What a filter names.
    type Attrs<C>: Default;
    /// The key of an item: an enum like the set, each variant with the key of one entity.
    type Key: Send + 'static;

    /// Reads the key of an item of the entity at this position; `None` for an item of another kind.
    #[doc(hidden)]
    fn read_key(entity: Option<usize>, key: KeyOfSet<'_>) -> Result<Self::Key, CodecError>;

    /// Reads an item of the entity at this position; `None` for an item of another kind.
    #[doc(hidden)]
    fn read<R: ReadEntity>(entity: Option<usize>, item: R) -> Result<Self, R::Error>;
}

/// What becomes of an item of none of a set's kinds.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// It is an error.
    Refused,
    /// It is left out.
    Skipped,
    /// A variant takes it.
    Taken,
}

/// An item that is about to be read.
#[doc(hidden)]
pub trait ReadEntity: Sized {
    type Error;

    /// Reads it as an entity.
    fn entity<E: Table>(self) -> Result<E, Self::Error>;
    /// Takes it as it is.
    fn item(self) -> Result<Item, Self::Error>;
    /// Returns the error of an item that is of none of the kinds.
    fn of_no_kind<S: EntitySet>(self) -> Result<S, Self::Error>;
}

/// The key of an item of a set, which is about to be read.
#[doc(hidden)]
pub struct KeyOfSet<'a> {
    pub(crate) key: &'a Item,
    /// Reads the item, if it is there.
    pub(crate) whole: &'a dyn Fn() -> Result<Option<Item>, CodecError>,
}

impl KeyOfSet<'_> {
    /// Reads it as that of an entity.
    pub fn entity<E: Table>(self) -> Result<E::Key, CodecError> {
        read_key_of::<E>(self.key, self.whole)
    }

    /// Takes it as it is.
    pub fn item(self) -> Item {
        self.key.clone()
    }

    /// Returns the error of a key that is of none of the kinds.
    pub fn of_no_kind<S: EntitySet>(self) -> Result<S::Key, CodecError> {
        Err(CodecError::wrong_kind(S::NAME))
    }
}

/// What the items of a source are read into: a struct that serde reads, or an [`EntitySet`].
pub trait SourceItem: Send + Sized + 'static {
    #[doc(hidden)]
    type Reading: Reading<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + Send + 'static> SourceItem for T {
    type Reading = ReadBySerde;
}

/// The table of a set, as a query or scan of the set sees it. There are no values of it.
#[doc(hidden)]
pub struct SetTable<S>(Infallible, PhantomData<fn() -> S>);

impl<S: EntitySet> Table for SetTable<S> {
    type Key = ();
    type PartitionKey = ();
    type SortKey = NoSortKey;
    type Attrs<C> = S::Attrs<C>;
    const SCHEMA: TableSchema = S::SCHEMA;

    fn key(&self) {}
}

impl<S> Serialize for SetTable<S> {
    fn serialize<T: Serializer>(&self, serializer: T) -> Result<T::Ok, T::Error> {
        serializer.serialize_unit()
    }
}

impl<'de, S> Deserialize<'de> for SetTable<S> {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(de::Error::custom("an item of a set is read by its kind"))
    }
}

/// Reads items as `T`.
#[doc(hidden)]
#[allow(private_interfaces, reason = "its functions are for this crate")]
pub trait Reading<T> {
    /// `true` if it tells the kinds of items by itself, so that it must see their keys.
    const READS_KINDS: bool;
    /// Reads an item of the SDK's values.
    fn of_item(item: Item) -> Result<T, CodecError>;
    /// Reads the item at the reader's position.
    fn of_json(reader: &mut Reader<'_>) -> Result<T, WireError>;
}

/// Serde reads the item.
#[doc(hidden)]
pub enum ReadBySerde {}

#[allow(private_interfaces, reason = "its functions are for this crate")]
impl<T: DeserializeOwned> Reading<T> for ReadBySerde {
    const READS_KINDS: bool = false;

    fn of_item(item: Item) -> Result<T, CodecError> {
        decode_item(item)
    }

    fn of_json(reader: &mut Reader<'_>) -> Result<T, WireError> {
        wire::decode_item(reader)
    }
}

/// The item is read as the entity of its kind.
#[doc(hidden)]
pub enum ReadByKind {}

#[allow(private_interfaces, reason = "its functions are for this crate")]
impl<T: EntitySet> Reading<T> for ReadByKind {
    const READS_KINDS: bool = true;

    fn of_item(item: Item) -> Result<T, CodecError> {
        let check = KindCheck::of(T::ENTITIES);
        T::read(
            check.and_then(|check| check.find_item(&item)),
            FromItem(item),
        )
    }

    fn of_json(reader: &mut Reader<'_>) -> Result<T, WireError> {
        let entity = match KindCheck::of(T::ENTITIES) {
            Some(check) => check.find_next(reader)?,
            None => None,
        };
        T::read(entity, FromJson(reader))
    }
}

/// Reads an item of the SDK's values.
pub(crate) struct FromItem(pub(crate) Item);

impl ReadEntity for FromItem {
    type Error = CodecError;

    fn entity<E: Table>(self) -> Result<E, CodecError> {
        let mut item = self.0;
        if hides_keys::<E>() {
            item.retain(|name, _| !is_made_of_fields::<E>(name));
        }
        decode_item(item)
    }

    fn item(self) -> Result<Item, CodecError> {
        Ok(self.0)
    }

    fn of_no_kind<S: EntitySet>(self) -> Result<S, CodecError> {
        Err(CodecError::wrong_kind(S::NAME))
    }
}

/// Reads the item at the reader's position.
pub(crate) struct FromJson<'r, 'de>(pub(crate) &'r mut Reader<'de>);

impl ReadEntity for FromJson<'_, '_> {
    type Error = WireError;

    fn entity<E: Table>(self) -> Result<E, WireError> {
        if hides_keys::<E>() {
            let item = FromItem(wire::read_item(self.0)?);
            return item.entity::<E>().map_err(WireError::Value);
        }
        wire::decode_item(self.0)
    }

    fn item(self) -> Result<Item, WireError> {
        Ok(wire::read_item(self.0)?)
    }

    fn of_no_kind<S: EntitySet>(self) -> Result<S, WireError> {
        wire::skip_item(self.0)?;
        Err(WireError::Value(CodecError::wrong_kind(S::NAME)))
    }
}
