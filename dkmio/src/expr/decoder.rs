//! `Decoder`: makes what a verb yields from an item, whether the item comes as bytes or as the SDK's values.

use super::selection::Selection;
use crate::attr::Path;
use crate::codec::wire::{self, Fault, Reader, UnreadItems, WireError};
use crate::codec::{CodecError, decode_item};
use crate::schema::{KindCheck, Reading, SourceItem, Table, hides_keys, is_made_of_fields};
use crate::value::Item;
use serde::de::DeserializeOwned;

/// Decodes an item from the SDK's values.
type DecodeValues<O> = fn(&[Path], Item) -> Result<O, CodecError>;

/// Decodes an item from the bytes of an answer.
type DecodeBytes<O> = fn(&[Path], &mut Reader<'_>) -> Result<O, WireError>;

/// Decodes items as `O`. A verb's builder makes it; the sink of the answer's items uses it.
pub(crate) struct Decoder<O> {
    /// The selected attributes; empty for the whole item.
    paths: Vec<Path>,
    decode_values: DecodeValues<O>,
    /// `None` if decoding from bytes means to read the SDK's values from them first.
    decode_bytes: Option<DecodeBytes<O>>,
    /// Makes an `O` of a whole page's items without reading them; `None` if each item is decoded.
    take_unread: Option<fn(UnreadItems) -> O>,
    /// What an item must be; `None` if DynamoDB yields no others.
    kind: Option<KindCheck>,
    /// Tells the attributes that the type must not see: the keys of an entity, which a flattened map would take.
    is_hidden: Option<fn(&str) -> bool>,
}

impl<O> Clone for Decoder<O> {
    fn clone(&self) -> Self {
        Self {
            paths: self.paths.clone(),
            ..*self
        }
    }
}

impl<O: SourceItem> Decoder<O> {
    /// Decodes the whole item of the table `M`.
    pub(crate) fn whole<M: Table>() -> Self {
        let decoder = Self {
            decode_bytes: Some(|_, reader| O::Reading::of_json(reader)),
            ..Self::of_values(Vec::new(), |_, item| O::Reading::of_item(item))
        };
        match O::Reading::READS_KINDS {
            true => decoder,
            false => decoder.hiding::<M>(),
        }
    }
}

impl<O: DeserializeOwned> Decoder<O> {
    /// Decodes a struct of these attributes.
    pub(crate) fn of_names(names: &[&'static str]) -> Self {
        Self::of_values(roots(names), |paths, item| {
            decode_item(selected(paths, item))
        })
    }

    /// Decodes a struct of these attributes from items that have no others, straight from the bytes.
    pub(crate) fn of_exact_names(names: &[&'static str]) -> Self {
        Self {
            decode_bytes: Some(|_, reader| wire::decode_item(reader)),
            ..Self::of_values(roots(names), |_, item| decode_item(item))
        }
    }
}

impl<O: Table> Decoder<Option<O>> {
    /// Decodes the whole item; an item without attributes is `None`, because some engines return one where there is none.
    pub(crate) fn optional() -> Self {
        let decoder = Self {
            decode_bytes: Some(|_, reader| {
                let start = reader.position();
                let result = wire::decode_item(reader);
                let json = reader.slice(start, reader.position())?;
                let inner = json.trim().strip_prefix('{');
                if inner.is_some_and(|inner| inner.trim() == "}") {
                    return Ok(None);
                }
                result.map(Some)
            }),
            ..Self::of_values(Vec::new(), |_, item| match item.is_empty() {
                true => Ok(None),
                false => decode_item(item).map(Some),
            })
        };
        decoder.hiding::<O>().of_kind::<O>()
    }
}

impl Decoder<()> {
    /// Drops the item.
    pub(crate) fn nothing() -> Self {
        Self::of_values(Vec::new(), |_, _| Ok(()))
    }
}

impl Decoder<Item> {
    /// Yields the selected attributes as the SDK's values.
    pub(crate) fn raw(paths: Vec<Path>) -> Self {
        Self::of_values(paths, |paths, item| Ok(selected(paths, item)))
    }
}

impl Decoder<UnreadItems> {
    /// Leaves items with these attributes unread: with `whole_pages` a page as a whole, because its list of items is found
    /// in the answer's bytes at once; without it each item by itself, so that a page can be cut or reversed.
    pub(crate) fn unread(names: &[&'static str], whole_pages: bool) -> Self {
        Self {
            take_unread: whole_pages.then_some(|items| items),
            ..Self::of_values(roots(names), |paths, item| {
                Ok(UnreadItems::of_item(&selected(paths, item)))
            })
        }
    }
}

impl<O> Decoder<O> {
    /// Decodes with this function, which takes the paths and the SDK's values.
    pub(crate) fn of_values(paths: Vec<Path>, decode_values: DecodeValues<O>) -> Self {
        Self {
            paths,
            decode_values,
            decode_bytes: None,
            take_unread: None,
            kind: None,
            is_hidden: None,
        }
    }

    /// Hides the keys of the entity `M` from a type that has a map for all other attributes.
    fn hiding<M: Table>(mut self) -> Self {
        if hides_keys::<M>() {
            self.is_hidden = Some(is_made_of_fields::<M>);
            self.decode_bytes = None;
        }
        self
    }

    /// Refuses items that are not of the kind of the entity `M`. Does nothing for a model that is alone in its table.
    pub(crate) fn of_kind<M: Table>(mut self) -> Self {
        self.kind = KindCheck::of(M::KINDS_OF_MODEL);
        self
    }

    /// Decodes the selected attributes.
    pub(crate) fn of_selection<Sel: Selection<Output = O>>(selection: &Sel) -> Self {
        let mut paths = Vec::new();
        selection.paths(&mut paths);
        Self {
            decode_bytes: Some(|paths, reader| {
                let mut item = Vec::with_capacity(paths.len());
                wire::attributes(reader, |name, value| item.push((name, value)))?;
                Sel::read_json(&mut paths.iter(), &item)
            }),
            ..Self::of_values(paths, |paths, item| Sel::read(&mut paths.iter(), &item))
        }
    }

    /// Returns the selected attributes; none for the whole item.
    pub(crate) fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// Decodes an item that the SDK has read.
    pub(crate) fn decode(&self, mut item: Item) -> Result<O, CodecError> {
        if let Some(kind) = self.kind
            && !kind.holds_for(&item)
        {
            return Err(CodecError::wrong_kind(kind.expected()));
        }
        if let Some(is_hidden) = self.is_hidden {
            item.retain(|name, _| !is_hidden(name));
        }
        (self.decode_values)(&self.paths, item)
    }

    /// Decodes the item at the reader's position, and leaves the reader after the item, also if the item is not an `O`.
    ///
    /// The outer error means that the bytes cannot be decoded here, so that the SDK must read the answer; the inner error
    /// means that they are an item, and the item does not read as `O`.
    #[inline]
    pub(crate) fn read(&self, reader: &mut Reader<'_>) -> Result<Result<O, CodecError>, Fault> {
        if let Some(kind) = self.kind
            && !kind.holds_for_next(reader)?
        {
            wire::skip_item(reader)?;
            return Ok(Err(CodecError::wrong_kind(kind.expected())));
        }
        let Some(decode_bytes) = self.decode_bytes else {
            return Ok(self.decode(wire::read_item(reader)?));
        };
        match decode_bytes(&self.paths, reader) {
            Ok(item) => Ok(Ok(item)),
            Err(WireError::Value(error)) => Ok(Err(error)),
            Err(WireError::Json(fault)) => Err(fault),
        }
    }

    /// `true` if it takes the items of a page unread.
    pub(crate) fn wants_unread(&self) -> bool {
        self.take_unread.is_some()
    }

    /// Takes the items of a page unread; `None` if this decoder decodes each item, or if there are no items.
    pub(crate) fn take_unread(&self, items: UnreadItems) -> Option<O> {
        let take_unread = self.take_unread.filter(|_| items.count() > 0)?;
        Some(take_unread(items))
    }
}

fn roots(names: &[&'static str]) -> Vec<Path> {
    names.iter().map(|name| Path::root(*name)).collect()
}

/// Removes the attributes that were read only for dkmio: the keys that match a batch's items or begin the next page.
fn selected(paths: &[Path], mut item: Item) -> Item {
    if !paths.is_empty() {
        item.retain(|name, _| paths.iter().any(|path| path.attribute() == name));
    }
    item
}
