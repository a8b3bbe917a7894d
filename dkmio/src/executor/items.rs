//! The items of an answer: who takes them, and which member of the answer has them.

use crate::codec::wire::{Fault, Reader, UnreadItems};
use crate::value::Item;
use aws_smithy_types::body::SdkBody;

/// Which member of an operation's answer has the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemsIn {
    /// This member is one item.
    Item(&'static str),
    /// This member is a list of items.
    Items(&'static str),
    /// This member is a list of objects with an `Item` and a `Score`.
    Scored(&'static str),
    /// `Responses` is a map from tables to lists of items.
    Tables,
    /// `Responses` is a list of objects with an `Item`, or without.
    Members,
    /// The answer has no items.
    Nothing,
}

impl ItemsIn {
    /// Returns the name of the member.
    pub(super) fn member(self) -> Option<&'static str> {
        match self {
            Self::Item(member) | Self::Items(member) | Self::Scored(member) => Some(member),
            Self::Tables | Self::Members => Some("Responses"),
            Self::Nothing => None,
        }
    }
}

/// Takes the items of an answer, in their order.
pub(crate) trait ItemSink: Send + 'static {
    /// Returns an empty sink, because each attempt has an answer of its own.
    fn for_attempt(&self) -> Self;

    /// `false` if the answer's items are of no use to it.
    fn wants_items(&self) -> bool {
        true
    }

    /// Is called before the first item, with the bytes that the items are in.
    fn begin(&mut self, _body: &SdkBody) {}

    /// Is told how many items will follow, if the answer says so before them.
    fn expect(&mut self, _count: usize) {}

    /// Reads the item that begins at the reader's position, to its end. `table` is empty but in batches.
    fn read(&mut self, table: &str, reader: &mut Reader<'_>) -> Result<(), Fault>;

    /// `true` if it takes a page's items as bytes: [`ItemSink::take_unread`] is then called instead of [`ItemSink::read`].
    fn wants_unread(&self) -> bool {
        false
    }

    /// Takes a page's items as bytes; `false` if it refuses them, so that each is read.
    fn take_unread(&mut self, _items: UnreadItems) -> bool {
        false
    }

    /// Takes an item that the SDK has read; `None` where a transaction found no item.
    fn push(&mut self, table: &str, item: Option<Item>);

    /// Takes the score of the item before, in the answer of a search.
    fn score(&mut self, _score: f64) {}
}

/// Ignores the answer's items.
impl ItemSink for () {
    fn for_attempt(&self) -> Self {}

    fn wants_items(&self) -> bool {
        false
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        reader.skip_value()
    }

    fn push(&mut self, _: &str, _: Option<Item>) {}
}

/// Keeps the items as DynamoDB's values.
impl ItemSink for Vec<Option<Item>> {
    fn for_attempt(&self) -> Self {
        Vec::new()
    }

    fn expect(&mut self, count: usize) {
        self.reserve(count);
    }

    fn read(&mut self, _: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        self.push(Some(crate::codec::wire::read_item(reader)?));
        Ok(())
    }

    fn push(&mut self, _: &str, item: Option<Item>) {
        self.push(item);
    }
}
