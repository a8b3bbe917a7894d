//! The items of a batch, decoded as they come and matched with their keys.

use super::asked::{Asked, Slot};
use crate::codec::CodecError;
use crate::codec::wire::{self, Fault, KeyWriter, Reader};
use crate::executor::{DynamoDb, Receive};
use crate::schema::{KeyElement, KeySchema, key_identity};
use crate::value::{Item, Scalar};
use aws_smithy_types::body::SdkBody;
use std::any::Any;
use std::sync::Arc;

/// Decodes an item of a member, whose type only the member knows.
pub(super) type ReadRow =
    Arc<dyn Fn(&mut Reader<'_>) -> Result<Box<dyn Any + Send>, Fault> + Send + Sync>;

/// What a [`ReadRow`] makes.
pub(super) type Decoded<O> = Result<O, CodecError>;

/// One item of a batch.
#[doc(hidden)]
pub struct Row {
    kept: Kept,
    /// What its member's [`ReadRow`] made of it.
    decoded: Option<Box<dyn Any + Send>>,
}

/// The item as it came: for keys that are asked for twice, and for errors.
#[derive(Clone)]
enum Kept {
    /// Where it stands in an answer.
    Json(Arc<SdkBody>, (usize, usize)),
    Values(Item),
}

impl Row {
    /// Returns what the member's [`ReadRow`] made of it, or the item itself.
    pub(super) fn decoded<T: 'static>(self) -> Result<T, Item> {
        let decoded = self.decoded.and_then(|decoded| decoded.downcast().ok());
        match decoded {
            Some(decoded) => Ok(*decoded),
            None => Err(self.kept.into_item()),
        }
    }

    /// Whether it was decoded, and is no `O`.
    pub(super) fn has_failed<O: 'static>(&self) -> bool {
        let decoded = self.decoded.as_ref();
        let decoded = decoded.and_then(|decoded| decoded.downcast_ref::<Decoded<O>>());
        decoded.is_some_and(Result::is_err)
    }

    pub(super) fn into_item(self) -> Item {
        self.kept.into_item()
    }

    /// Returns the item's key.
    pub(super) fn key(&self, keys: &KeySchema) -> Item {
        keys.of(&self.kept.clone().into_item())
    }
}

/// What was decoded is decoded again: not every type can be copied.
impl Clone for Row {
    fn clone(&self) -> Self {
        Self {
            kept: self.kept.clone(),
            decoded: None,
        }
    }
}

impl Kept {
    fn into_item(self) -> Item {
        match self {
            // It was read once, and so it reads again.
            Self::Json(body, (start, end)) => {
                let json = body.bytes().and_then(|body| body.get(start..end));
                Reader::of_item(json.unwrap_or_default())
                    .and_then(|mut reader| wire::read_item(&mut reader))
                    .unwrap_or_default()
            }
            Self::Values(item) => item,
        }
    }
}

/// Receives the items of one request.
pub(super) struct Rows {
    asked: Arc<Asked>,
    tables: Arc<[RowTable]>,
    count: usize,
    /// What the items stand in.
    body: Option<Arc<SdkBody>>,
    /// The key that was read last; kept for its room.
    key: KeyWriter,
    pub(super) rows: Vec<(Slot, Row)>,
}

/// A table of a request, and whose it is: in a request a table belongs to one member.
struct RowTable {
    name: String,
    member: usize,
}

/// Returns the names of a table's key attributes: one, or two.
fn key_names(keys: &KeySchema) -> [&'static str; 2] {
    let name = |element: &[KeyElement]| element.first().map_or("", KeyElement::name);
    [name(keys.partition()), name(keys.sort())]
}

impl Rows {
    /// Receives what is asked for in a request.
    pub(super) fn of(db: &DynamoDb, asked: &Arc<Asked>, slots: &[Slot]) -> Self {
        let is_asked = |place: usize| slots.iter().any(|slot| slot.member == place);
        let members = asked.members.iter().enumerate();
        let tables = members
            .filter(|(place, _)| is_asked(*place))
            .map(|(member, of)| RowTable {
                name: db.table_name(of.table),
                member,
            });
        Self {
            asked: asked.clone(),
            tables: tables.collect(),
            count: slots.len(),
            body: None,
            key: KeyWriter::new(),
            rows: Vec::new(),
        }
    }

    fn member(&self, table: &str) -> Option<usize> {
        // An interceptor of the program's may have renamed the one that was asked for.
        if let [only] = &*self.tables {
            return Some(only.member);
        }
        let mut tables = self.tables.iter();
        Some(tables.find(|other| other.name == table)?.member)
    }

    /// Finds which key of a table it is, or which key an item of it has.
    pub(super) fn slot(&self, table: &str, key: &Item) -> Option<Slot> {
        let member = self.member(table)?;
        let identity = key_identity(self.asked.members[member].schema, key)?;
        self.asked.slot(member, &identity)
    }

    /// Finds the key of these values.
    fn slot_of(&mut self, member: usize, values: [Option<Scalar<'_>>; 2]) -> Option<Slot> {
        let names = self.asked.members[member]
            .schema
            .iter()
            .map(KeyElement::name);
        self.key.clear();
        self.key.write(names.zip(values))?;
        self.asked.slot(member, self.key.all())
    }
}

impl Receive for Rows {
    fn fresh(&self) -> Self {
        Self {
            asked: self.asked.clone(),
            tables: self.tables.clone(),
            count: self.count,
            body: None,
            key: KeyWriter::new(),
            rows: Vec::new(),
        }
    }

    fn begin(&mut self, body: &SdkBody) {
        // It counts references, as all bodies do that are in memory.
        self.body = body.try_clone().map(Arc::new);
        self.rows.reserve(self.count);
    }

    fn read(&mut self, table: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let Some(member) = self.member(table) else {
            // Nobody asked for it.
            return wire::skip_item(reader);
        };
        let asked = &self.asked.members[member];
        let start = reader.position();
        let names = key_names(asked.schema);
        let (decoded, values) = wire::read_watching(reader, names, |reader| match &asked.read {
            Some(read) => read(reader).map(Some),
            None => wire::skip_item(reader).map(|()| None),
        })?;
        let end = reader.position();
        if let Some(slot) = self.slot_of(member, values) {
            let kept = match &self.body {
                Some(body) => Kept::Json(body.clone(), (start, end)),
                None => Kept::Values(wire::read_again(reader, start)?),
            };
            self.rows.push((slot, Row { kept, decoded }));
        }
        Ok(())
    }

    fn take(&mut self, table: &str, item: Option<Item>) {
        let Some(item) = item else { return };
        if let Some(slot) = self.slot(table, &item) {
            let kept = Kept::Values(item);
            let row = Row {
                kept,
                decoded: None,
            };
            self.rows.push((slot, row));
        }
    }
}
