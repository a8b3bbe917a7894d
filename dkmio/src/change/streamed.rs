//! `Streamed`: how the items of a type are told from the others in a stream, and read.

use super::image::Image;
use crate::codec::CodecError;
use crate::schema::{
    EntitySet, KeyElement, KeyOfSet, KindCheck, Others, ReadByKind, ReadBySerde, SourceItem, Table,
    TableSchema, is_own,
};

/// What the changes of a stream are of: a model, an entity, or a set of entities.
///
/// It is implemented for all of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no model, and no stream has changes of it",
    label = "no model, entity or set of entities",
    note = "derive `dkmio::DynamoTable`, `dkmio::DynamoEntity` or `dkmio::DynamoEntities` for it, or name a type that does"
)]
pub trait Streamed: SourceItem<Reading: ReadStreamed<Self, Key = <Self as Streamed>::Key>> {
    /// The key of an item: `OrdersKey` of a model `Orders`; of a set `Account` the enum `AccountKey`.
    type Key: Send + 'static;
}

#[diagnostic::do_not_recommend]
impl<T: SourceItem<Reading: ReadStreamed<T>>> Streamed for T {
    type Key = KeyOf<T>;
}

/// Reads the items of a stream as `T`.
#[allow(private_interfaces, reason = "its functions are for this crate")]
pub trait ReadStreamed<T> {
    /// The key of an item.
    type Key: Send + 'static;
    /// The table of the stream.
    const TABLE: TableSchema;
    /// The kinds that are read.
    const KINDS: &'static [TableSchema];
    /// `true` if items of other kinds are read too.
    const TAKES_OTHERS: bool;
    /// Reads an item of this kind.
    fn read(image: &Image, kind: Kind) -> Result<T, CodecError>;
    /// Reads the key of an item of this kind.
    fn read_key(kind: Kind, key: KeyOfSet<'_>) -> Result<Self::Key, CodecError>;
}

/// The key of an item of `T`.
pub(super) type KeyOf<T> = <<T as SourceItem>::Reading as ReadStreamed<T>>::Key;

/// Which item it is that a record is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Of the model, or of the entity at this position.
    Of(usize),
    /// Of no entity of the set, which takes it.
    Other,
}

impl Kind {
    /// Returns the position of the entity.
    pub(super) fn entity(self) -> Option<usize> {
        match self {
            Self::Of(entity) => Some(entity),
            Self::Other => None,
        }
    }
}

#[allow(private_interfaces, reason = "its functions are for this crate")]
impl<M: Table> ReadStreamed<M> for ReadBySerde {
    type Key = M::Key;
    const TABLE: TableSchema = M::SCHEMA;
    const KINDS: &'static [TableSchema] = M::KINDS_OF_MODEL;
    const TAKES_OTHERS: bool = false;

    fn read(image: &Image, _: Kind) -> Result<M, CodecError> {
        image.model()
    }

    fn read_key(_: Kind, key: KeyOfSet<'_>) -> Result<M::Key, CodecError> {
        key.entity::<M>()
    }
}

#[allow(private_interfaces, reason = "its functions are for this crate")]
impl<S: EntitySet> ReadStreamed<S> for ReadByKind {
    type Key = S::Key;
    const TABLE: TableSchema = S::SCHEMA;
    const KINDS: &'static [TableSchema] = S::ENTITIES;
    const TAKES_OTHERS: bool = matches!(S::OTHERS, Others::Taken);

    fn read(image: &Image, kind: Kind) -> Result<S, CodecError> {
        image.set(kind.entity())
    }

    fn read_key(kind: Kind, key: KeyOfSet<'_>) -> Result<S::Key, CodecError> {
        S::read_key(kind.entity(), key)
    }
}

/// Returns the name of the table whose stream has changes of `T`.
pub(crate) fn table_of<T: Streamed>() -> &'static str {
    T::Reading::TABLE.name()
}

/// Tells of which kind an item is; `None` if it is none of `T`.
pub(super) fn kind_of<T: Streamed>(image: &Image) -> Result<Option<Kind>, CodecError> {
    let Some(check) = KindCheck::of(T::Reading::KINDS) else {
        return Ok(Some(Kind::Of(0)));
    };
    let attributes = check.attributes();
    let (texts, is_own) = texts::<T>(image, attributes.collect())?;
    let entity = check.find(|name| texts.get(name));
    Ok(known::<T>(entity, is_own))
}

/// Tells by its key of which kind an item is; `None` if it is none of `T`.
pub(super) fn kind_of_key<T: Streamed>(key: &Image) -> Result<Option<Kind>, CodecError> {
    let Some(check) = KindCheck::of(T::Reading::KINDS) else {
        return Ok(Some(Kind::Of(0)));
    };
    let names = T::Reading::TABLE.keys().iter().map(KeyElement::name);
    let (texts, is_own) = texts::<T>(key, names.collect())?;
    let entity = check.find_key(|name| texts.get(name)).filter(|_| !is_own);
    Ok(known::<T>(entity, is_own))
}

fn known<T: Streamed>(entity: Option<usize>, is_own: bool) -> Option<Kind> {
    match entity {
        Some(entity) => Some(Kind::Of(entity)),
        None if T::Reading::TAKES_OTHERS && !is_own => Some(Kind::Other),
        None => None,
    }
}

/// Reads these texts of an item. Returns too whether the item is dkmio's own.
fn texts<T: Streamed>(
    image: &Image,
    mut names: Vec<&'static str>,
) -> Result<(Texts, bool), CodecError> {
    let partition = T::Reading::TABLE.keys().partition();
    for key in partition {
        if !names.contains(&key.name()) {
            names.push(key.name());
        }
    }
    let texts = Texts(image.texts(&names)?);
    let is_own = is_own(&T::Reading::TABLE, |name| texts.get(name));
    Ok((texts, is_own))
}

/// Attributes that are text.
struct Texts(Vec<(&'static str, String)>);

impl Texts {
    fn get(&self, name: &str) -> Option<&str> {
        let mut texts = self.0.iter();
        let found = texts.find(|(found, _)| *found == name);
        found.map(|(_, text)| text.as_str())
    }
}
