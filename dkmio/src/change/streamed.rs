//! `Streamed`: how the items of a type are told from the others in a stream, and read.

use super::image::Image;
use crate::codec::CodecError;
use crate::schema::{
    EntitySet, KindCheck, Others, ReadByKind, ReadBySerde, SourceItem, Table, TableSchema, is_own,
};

/// What the changes of a stream are of: a model, an entity, or a set of entities.
///
/// It is implemented for all of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no model, and no stream has changes of it",
    label = "no model, entity or set of entities",
    note = "derive `dkmio::DynamoTable`, `dkmio::DynamoEntity` or `dkmio::DynamoEntities` for it, or name a type that does"
)]
#[allow(private_bounds, reason = "its functions are for this crate")]
pub trait Streamed: SourceItem<Reading: ReadStreamed<Self>> {}

#[diagnostic::do_not_recommend]
impl<T: SourceItem<Reading: ReadStreamed<T>>> Streamed for T {}

/// Reads the items of a stream as `T`.
pub(super) trait ReadStreamed<T> {
    /// The table of the stream.
    const TABLE: TableSchema;
    /// The kinds that are read.
    const KINDS: &'static [TableSchema];
    /// `true` if items of other kinds are read too.
    const TAKES_OTHERS: bool;
    /// Reads an item of this kind.
    fn read(image: &Image, kind: Kind) -> Result<T, CodecError>;
}

/// Which item it is that a record is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of the model, or of the entity at this position.
    Of(usize),
    /// Of no entity of the set, which takes it.
    Other,
}

impl<M: Table> ReadStreamed<M> for ReadBySerde {
    const TABLE: TableSchema = M::SCHEMA;
    const KINDS: &'static [TableSchema] = M::KINDS_OF_MODEL;
    const TAKES_OTHERS: bool = false;

    fn read(image: &Image, _: Kind) -> Result<M, CodecError> {
        image.model()
    }
}

impl<S: EntitySet> ReadStreamed<S> for ReadByKind {
    const TABLE: TableSchema = S::SCHEMA;
    const KINDS: &'static [TableSchema] = S::ENTITIES;
    const TAKES_OTHERS: bool = matches!(S::OTHERS, Others::Taken);

    fn read(image: &Image, kind: Kind) -> Result<S, CodecError> {
        image.set(match kind {
            Kind::Of(entity) => Some(entity),
            Kind::Other => None,
        })
    }
}

/// Returns the name of the table whose stream has changes of `T`.
pub(super) fn table_of<T: Streamed>() -> &'static str {
    T::Reading::TABLE.name()
}

/// Tells of which kind an item is; `None` if it is none of `T`.
pub(super) fn kind_of<T: Streamed>(image: &Image) -> Result<Option<Kind>, CodecError> {
    let Some(check) = KindCheck::of(T::Reading::KINDS) else {
        return Ok(Some(Kind::Of(0)));
    };
    let mut names: Vec<&str> = check.attributes().collect();
    for key in T::Reading::TABLE.keys().partition() {
        if !names.contains(&key.name()) {
            names.push(key.name());
        }
    }
    let texts = image.texts(&names)?;
    let text = |name: &str| {
        let found = texts.iter().find(|(found, _)| *found == name);
        found.map(|(_, text)| text.as_str())
    };
    Ok(match check.find(text) {
        Some(entity) => Some(Kind::Of(entity)),
        None if T::Reading::TAKES_OTHERS && !is_own(&T::Reading::TABLE, text) => Some(Kind::Other),
        None => None,
    })
}
