//! What a read yields of each item: the model, attributes of it, or a projection struct.

use crate::attr::{Handle, Path, Readable, Segment};
use crate::codec::wire::{self, Reader, UnreadItems, UnreadValue, WireError};
use crate::codec::{CodecError, PathStep, decode_item};
use crate::value::{AttributeValue, Item};
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// An attribute, or a tuple of up to 16 of them.
#[diagnostic::on_unimplemented(
    message = "this cannot be selected",
    label = "expected an attribute, such as `o.total()`, or a tuple of up to 16 attributes",
    note = "to read more attributes, derive `dkmio::Projection` for a struct of them and write `.select_as::<T>()`"
)]
#[allow(private_interfaces, reason = "its functions are for this crate")]
pub trait Selection {
    /// What is read of each item.
    type Output: Send + 'static;
    #[doc(hidden)]
    fn paths(&self, paths: &mut Vec<Path>);
    #[doc(hidden)]
    fn read(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Item,
    ) -> Result<Self::Output, CodecError>;
    #[doc(hidden)]
    fn read_json(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Attributes<'_>,
    ) -> Result<Self::Output, WireError>;
}

/// The attributes of an item, in DynamoDB JSON.
type Attributes<'de> = [(Cow<'de, str>, UnreadValue<'de>)];

#[diagnostic::do_not_recommend]
#[allow(private_interfaces, reason = "its functions are for this crate")]
impl<H: Handle> Selection for H {
    type Output = H::Selected;

    fn paths(&self, paths: &mut Vec<Path>) {
        paths.push(self.path().clone());
    }

    fn read(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Item,
    ) -> Result<Self::Output, CodecError> {
        let path = next(paths)?;
        H::Wire::read(lookup(item, path).cloned())
            .map(Into::into)
            .map_err(|e| within_path(e, path))
    }

    fn read_json(
        paths: &mut std::slice::Iter<'_, Path>,
        item: &Attributes<'_>,
    ) -> Result<Self::Output, WireError> {
        let path = next(paths).map_err(WireError::Value)?;
        match H::Wire::read_json(lookup_json(item, path)) {
            Ok(value) => Ok(value.into()),
            Err(WireError::Value(e)) => Err(WireError::Value(within_path(e, path))),
            Err(fault) => Err(fault),
        }
    }
}

fn next<'p>(paths: &mut std::slice::Iter<'p, Path>) -> Result<&'p Path, CodecError> {
    let lost = || CodecError::new("the selection has lost an attribute");
    paths.next().ok_or_else(lost)
}

macro_rules! tuples {
    ($($T:ident $i:tt),*) => {
        #[diagnostic::do_not_recommend]
        #[allow(private_interfaces, reason = "its functions are for this crate")]
        impl<$($T: Selection),*> Selection for ($($T,)*) {
            type Output = ($($T::Output,)*);

            fn paths(&self, paths: &mut Vec<Path>) {
                $(self.$i.paths(paths);)*
            }

            fn read(paths: &mut std::slice::Iter<'_, Path>, item: &Item) -> Result<Self::Output, CodecError> {
                Ok(($($T::read(paths, item)?,)*))
            }

            fn read_json(
                paths: &mut std::slice::Iter<'_, Path>,
                item: &Attributes<'_>,
            ) -> Result<Self::Output, WireError> {
                Ok(($($T::read_json(paths, item)?,)*))
            }
        }
    };
}
tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, E 4);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15);

fn lookup<'a>(item: &'a Item, path: &Path) -> Option<&'a AttributeValue> {
    let mut value = item.get(path.attribute())?;
    for segment in path.segments() {
        value = match (segment, value) {
            (Segment::Name(name), AttributeValue::M(map)) => map.get(name.as_ref())?,
            (Segment::Index(index), AttributeValue::L(list)) => list.get(*index)?,
            _ => return None,
        };
    }
    Some(value)
}

fn lookup_json<'de>(item: &Attributes<'de>, path: &Path) -> Option<UnreadValue<'de>> {
    // Of a name that comes twice, the last value counts.
    let mut named = item.iter().rev();
    let (_, value) = named.find(|(name, _)| name == path.attribute())?;
    let mut value = *value;
    for segment in path.segments() {
        value = match segment {
            Segment::Name(name) => value.member(name)?,
            Segment::Index(index) => value.element(*index)?,
        };
    }
    Some(value)
}

/// Takes out what was read besides: the keys that a batch matches by, or that a page goes on after.
fn selected(paths: &[Path], mut item: Item) -> Item {
    if !paths.is_empty() {
        item.retain(|name, _| paths.iter().any(|path| path.attribute() == name));
    }
    item
}

fn within_path(mut error: CodecError, path: &Path) -> CodecError {
    for segment in path.segments().iter().rev() {
        error = error.within(match segment {
            Segment::Name(name) => PathStep::Name(name.to_string()),
            Segment::Index(index) => PathStep::Index(*index),
        });
    }
    error.within_name(path.attribute())
}

type Read<O> = fn(&[Path], &mut Reader<'_>) -> Result<O, WireError>;

/// Reads what was selected of an item: from an answer's bytes, or from the SDK's values.
pub(crate) struct Decoder<O> {
    /// What was selected; empty for the whole item.
    paths: Vec<Path>,
    decode: fn(&[Path], Item) -> Result<O, CodecError>,
    /// The same from bytes, where that is more than reading the item and decoding it.
    read: Option<Read<O>>,
    /// Takes a page's items unread, where that is what is wanted.
    take_unread: Option<fn(UnreadItems) -> O>,
}

impl<O> Clone for Decoder<O> {
    fn clone(&self) -> Self {
        Self {
            paths: self.paths.clone(),
            ..*self
        }
    }
}

impl<O: DeserializeOwned> Decoder<O> {
    /// Reads the whole item.
    pub(crate) fn whole() -> Self {
        Self {
            paths: Vec::new(),
            decode: |_, item| decode_item(item),
            read: Some(|_, reader| wire::decode_item(reader)),
            take_unread: None,
        }
    }

    /// Reads a struct of these attributes.
    pub(crate) fn of_names(names: &[&'static str]) -> Self {
        Self {
            paths: names.iter().map(|name| Path::root(*name)).collect(),
            decode: |paths, item| decode_item(selected(paths, item)),
            read: None,
            take_unread: None,
        }
    }
}

impl Decoder<Item> {
    /// Hands out the item as it is.
    pub(crate) fn raw(paths: Vec<Path>) -> Self {
        Self {
            paths,
            decode: |paths, item| Ok(selected(paths, item)),
            read: None,
            take_unread: None,
        }
    }
}

impl Decoder<UnreadItems> {
    /// Keeps items with these attributes unread: a page as a whole, or one by one where a page has to be cut.
    pub(crate) fn unread(names: &[&'static str], whole_pages: bool) -> Self {
        Self {
            paths: names.iter().map(|name| Path::root(*name)).collect(),
            decode: |paths, item| Ok(UnreadItems::of_item(&selected(paths, item))),
            read: None,
            take_unread: whole_pages.then_some(|items| items),
        }
    }
}

impl<O> Decoder<O> {
    pub(crate) fn of_selection<Sel: Selection<Output = O>>(selection: &Sel) -> Self {
        let mut paths = Vec::new();
        selection.paths(&mut paths);
        Self {
            paths,
            decode: |paths, item| Sel::read(&mut paths.iter(), &item),
            read: Some(|paths, reader| {
                let mut item = Vec::with_capacity(paths.len());
                wire::attributes(reader, |name, value| item.push((name, value)))?;
                Sel::read_json(&mut paths.iter(), &item)
            }),
            take_unread: None,
        }
    }

    pub(crate) fn paths(&self) -> &[Path] {
        &self.paths
    }

    pub(crate) fn decode(&self, item: Item) -> Result<O, CodecError> {
        (self.decode)(&self.paths, item)
    }

    /// Whether it takes the items of a page unread.
    pub(crate) fn wants_unread(&self) -> bool {
        self.take_unread.is_some()
    }

    /// Takes the items of a page unread; `None` if it reads them, or if there are none.
    pub(crate) fn take_unread(&self, items: UnreadItems) -> Option<O> {
        let take_unread = self.take_unread.filter(|_| items.count() > 0)?;
        Some(take_unread(items))
    }

    /// Reads the item that the reader stands at, and leaves the reader behind it, also after an error in a value.
    pub(crate) fn read(&self, reader: &mut Reader<'_>) -> Result<O, WireError> {
        match self.read {
            Some(read) => read(&self.paths, reader),
            None => self
                .decode(wire::read_item(reader)?)
                .map_err(WireError::Value),
        }
    }
}
