//! The items of a batch as they come, matched with their keys.

use super::asked::{Asked, Slot};
use crate::codec::wire::{self, Fault, KeyWriter, Reader, Watching};
use crate::executor::{DynamoDb, Receive};
use crate::schema::{KeyElement, KeySchema};
use crate::value::{Item, Scalar};
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;

/// An item as it came: for keys that are asked for twice, and for errors.
#[derive(Clone)]
pub(super) struct Kept(Form);

#[derive(Clone)]
enum Form {
    /// Where it stands in an answer.
    Json(Arc<SdkBody>, (usize, usize)),
    Values(Item),
}

impl Kept {
    pub(super) fn into_item(self) -> Item {
        match self.0 {
            // It was read once, and so it reads again; but for types that nobody knows.
            Form::Json(body, (start, end)) => {
                let json = body.bytes().and_then(|body| body.get(start..end));
                Reader::of_item(json.unwrap_or_default())
                    .and_then(|mut reader| wire::read_known(&mut reader))
                    .unwrap_or_default()
            }
            Form::Values(item) => item,
        }
    }

    /// Whether it was read from an answer's bytes, and decoded then.
    pub(super) fn was_read(&self) -> bool {
        matches!(self.0, Form::Json(..))
    }
}

/// Receives the items of one request.
pub(super) struct Rows {
    asked: Arc<Asked>,
    tables: Arc<[RowTable]>,
    count: usize,
    /// What the items stand in.
    body: Option<Arc<SdkBody>>,
    pub(super) rows: Vec<(Slot, Kept)>,
}

/// A table of a request, and whose it is: in a request a table belongs to one member.
struct RowTable {
    name: String,
    member: usize,
    /// The names of its key's attributes.
    key: [&'static str; 2],
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
                key: key_names(of.schema),
            });
        Self {
            asked: asked.clone(),
            tables: tables.collect(),
            count: slots.len(),
            body: None,
            rows: Vec::new(),
        }
    }

    fn table(&self, name: &str) -> Option<&RowTable> {
        match &*self.tables {
            // An interceptor of the program's may have renamed the one that was asked for.
            [only] => Some(only),
            tables => tables.iter().find(|table| table.name == name),
        }
    }

    /// Finds which key of a table it is, or which key an item of it has.
    pub(super) fn slot(&self, table: &str, key: &Item) -> Option<Slot> {
        let table = self.table(table)?;
        let value = |name: &str| key.get(name).and_then(Scalar::of);
        slot_of(&self.asked, table.member, table.key.map(value))
    }
}

/// Finds the key of the item that the reader stands behind.
fn find(
    asked: &Asked,
    member: usize,
    watching: &Watching,
    reader: &mut Reader<'_>,
) -> Result<Option<Slot>, Fault> {
    // Most keys are sent back as they came.
    if let Some(values) = watching.json(reader)
        && let Some(slot) = asked.slot(member, values)
    {
        return Ok(Some(slot));
    }
    Ok(slot_of(asked, member, watching.end(reader)?))
}

/// Finds the key of these values, in whatever way they are written.
#[cold]
fn slot_of(asked: &Asked, member: usize, values: [Option<Scalar<'_>>; 2]) -> Option<Slot> {
    let names = asked.members[member].schema.iter().map(KeyElement::name);
    let mut key = KeyWriter::new();
    let values = key.write(names.zip(values))?;
    asked.slot(member, values.map(|value| key.part(value)))
}

impl Receive for Rows {
    fn fresh(&self) -> Self {
        Self {
            asked: self.asked.clone(),
            tables: self.tables.clone(),
            count: self.count,
            body: None,
            rows: Vec::new(),
        }
    }

    fn begin(&mut self, body: &SdkBody) {
        // It counts references, as all bodies do that are in memory.
        self.body = body.try_clone().map(Arc::new);
        self.rows.reserve(self.count);
    }

    fn read(&mut self, table: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let Some(&RowTable { member, key, .. }) = self.table(table) else {
            // Nobody asked for it.
            return wire::skip_item(reader);
        };
        let start = reader.position();
        let asked = &self.asked;
        let watching = Watching::begin(reader, key);
        let mut slot = None;
        let mut find = |reader: &mut Reader<'_>| {
            slot = find(asked, member, &watching, reader)?;
            Ok(slot.map(|slot| slot.place))
        };
        match asked.sheet(member) {
            Some(sheet) => sheet.read(reader, &mut find)?,
            None => {
                wire::skip_item(reader)?;
                find(reader)?;
            }
        }
        if let Some(slot) = slot {
            let form = match &self.body {
                Some(body) => Form::Json(body.clone(), (start, reader.position())),
                None => Form::Values(wire::read_again(reader, start)?),
            };
            self.rows.push((slot, Kept(form)));
        }
        Ok(())
    }

    fn take(&mut self, table: &str, item: Option<Item>) {
        let Some(item) = item else { return };
        if let Some(slot) = self.slot(table, &item) {
            self.rows.push((slot, Kept(Form::Values(item))));
        }
    }
}
