//! The items of a batch as they come, matched with their keys.

use super::plan::{KeyId, Plan};
use crate::codec::wire::{self, Fault, KeyFinder, KeyWriter, Reader};
use crate::executor::{DynamoDb, ItemSink};
use crate::schema::{KeyElement, KeySchema};
use crate::value::{Item, Scalar};
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;

/// An item as it came: for keys that are asked for twice, and for errors.
#[derive(Clone)]
pub(super) struct ReceivedItem(Form);

#[derive(Clone)]
enum Form {
    /// Where it stands in an answer.
    Json(Arc<SdkBody>, (usize, usize)),
    KeyJson(Item),
}

impl ReceivedItem {
    pub(super) fn into_item(self) -> Item {
        match self.0 {
            // It was read once, and so it reads again; but for types that nobody knows.
            Form::Json(body, (start, end)) => {
                let json = body.bytes().and_then(|body| body.get(start..end));
                Reader::of_item(json.unwrap_or_default())
                    .and_then(|mut reader| wire::read_known(&mut reader))
                    .unwrap_or_default()
            }
            Form::KeyJson(item) => item,
        }
    }

    /// Whether it was read from an answer's bytes, and decoded then.
    pub(super) fn was_read(&self) -> bool {
        matches!(self.0, Form::Json(..))
    }
}

/// Receives the items of one request.
pub(super) struct ItemMatcher {
    plan: Arc<Plan>,
    tables: Arc<[TableOfRequest]>,
    count: usize,
    /// What the items stand in.
    body: Option<Arc<SdkBody>>,
    pub(super) rows: Vec<(KeyId, ReceivedItem)>,
}

/// A table of a request, and whose it is: in a request a table belongs to one member.
struct TableOfRequest {
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

impl ItemMatcher {
    /// Receives what is asked for in a request.
    pub(super) fn of(db: &DynamoDb, plan: &Arc<Plan>, key_ids: &[KeyId]) -> Self {
        let is_asked = |place: usize| key_ids.iter().any(|key_id| key_id.member == place);
        let members = plan.members.iter().enumerate();
        let tables = members
            .filter(|(place, _)| is_asked(*place))
            .map(|(member, of)| TableOfRequest {
                name: db.table_name(of.table),
                member,
                key: key_names(of.schema),
            });
        Self {
            plan: plan.clone(),
            tables: tables.collect(),
            count: key_ids.len(),
            body: None,
            rows: Vec::new(),
        }
    }

    fn table(&self, name: &str) -> Option<&TableOfRequest> {
        match &*self.tables {
            // An interceptor of the program's may have renamed the one that was asked for.
            [only] => Some(only),
            tables => tables.iter().find(|table| table.name == name),
        }
    }

    /// Finds which key of a table it is, or which key an item of it has.
    pub(super) fn key_id(&self, table: &str, key: &Item) -> Option<KeyId> {
        let table = self.table(table)?;
        let value = |name: &str| key.get(name).and_then(Scalar::of);
        slot_of(&self.plan, table.member, table.key.map(value))
    }
}

/// Finds the key of the item that the reader stands behind.
fn find(
    plan: &Plan,
    member: usize,
    watching: &KeyFinder,
    reader: &mut Reader<'_>,
) -> Result<Option<KeyId>, Fault> {
    // Most keys are sent back as they came.
    if let Some(values) = watching.json(reader)
        && let Some(key_id) = plan.key_id(member, values)
    {
        return Ok(Some(key_id));
    }
    Ok(slot_of(plan, member, watching.end(reader)?))
}

/// Finds the key of these values, in whatever way they are written.
#[cold]
fn slot_of(plan: &Plan, member: usize, values: [Option<Scalar<'_>>; 2]) -> Option<KeyId> {
    let names = plan.members[member].schema.iter().map(KeyElement::name);
    let mut key = KeyWriter::new();
    let values = key.write(names.zip(values))?;
    plan.key_id(member, values.map(|value| key.part(value)))
}

impl ItemSink for ItemMatcher {
    fn for_attempt(&self) -> Self {
        Self {
            plan: self.plan.clone(),
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
        let Some(&TableOfRequest { member, key, .. }) = self.table(table) else {
            // Nobody asked for it.
            return wire::skip_item(reader);
        };
        let start = reader.position();
        let plan = &self.plan;
        let watching = KeyFinder::begin(reader, key);
        let mut key_id = None;
        let mut find = |reader: &mut Reader<'_>| {
            key_id = find(plan, member, &watching, reader)?;
            Ok(key_id.map(|key_id| key_id.place))
        };
        match plan.sheet(member) {
            Some(sheet) => sheet.read(reader, &mut find)?,
            None => {
                wire::skip_item(reader)?;
                find(reader)?;
            }
        }
        if let Some(key_id) = key_id {
            let form = match &self.body {
                Some(body) => Form::Json(body.clone(), (start, reader.position())),
                None => Form::KeyJson(wire::read_again(reader, start)?),
            };
            self.rows.push((key_id, ReceivedItem(form)));
        }
        Ok(())
    }

    fn push(&mut self, table: &str, item: Option<Item>) {
        let Some(item) = item else { return };
        if let Some(key_id) = self.key_id(table, &item) {
            self.rows.push((key_id, ReceivedItem(Form::KeyJson(item))));
        }
    }
}
