//! `ItemMatcher`: receives the answer of one request, and finds the key of each item, because DynamoDB returns the items in
//! any order.

use super::plan::{Chunk, KeyId, Plan};
use super::received_item::ReceivedItem;
use crate::codec::wire::{self, Fault, KeyFinder, KeyWriter, Reader};
use crate::executor::{DynamoDb, ItemSink};
use crate::schema::{KeyElement, KeySchema};
use crate::value::{Item, Scalar};
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;

/// The sink of one request of a batch get.
pub(super) struct ItemMatcher {
    plan: Arc<Plan>,
    tables: Arc<[TableOfRequest]>,
    /// The number of keys of the request.
    count: usize,
    /// The body of the answer; `None` if it is not in memory.
    body: Option<Arc<SdkBody>>,
    pub(super) items: Vec<(KeyId, ReceivedItem)>,
}

/// A table of a request, and the member that reads it: a request has one member a table.
struct TableOfRequest {
    /// The table's name in the connection.
    name: String,
    member: usize,
    key: [&'static str; 2],
}

/// Returns the names of a table's key attributes; the second is empty if the table has no sort key.
fn key_names(keys: &KeySchema) -> [&'static str; 2] {
    let name = |element: &[KeyElement]| element.first().map_or("", KeyElement::name);
    [name(keys.partition()), name(keys.sort())]
}

impl ItemMatcher {
    /// Makes the sink of a chunk's requests.
    pub(super) fn of(db: &DynamoDb, plan: &Arc<Plan>, chunk: &Chunk) -> Self {
        let tables = chunk.payload.iter().map(|(member, keys)| TableOfRequest {
            name: db.table_name(keys.table),
            member: *member,
            key: key_names(plan.members[*member].schema),
        });
        Self {
            plan: plan.clone(),
            tables: tables.collect(),
            count: chunk.key_ids.len(),
            body: None,
            items: Vec::new(),
        }
    }

    fn table(&self, name: &str) -> Option<&TableOfRequest> {
        match &*self.tables {
            // The answer may have another name: an interceptor of the user's may have renamed the table.
            [only] => Some(only),
            tables => tables.iter().find(|table| table.name == name),
        }
    }

    /// Finds the plan's key that an item of a table has, or that the answer hands back as unprocessed.
    pub(super) fn key_id(&self, table: &str, key: &Item) -> Option<KeyId> {
        let table = self.table(table)?;
        let value = |name: &str| key.get(name).and_then(Scalar::of);
        find_by_value(&self.plan, table.member, table.key.map(value))
    }
}

/// Finds the key of the item that the reader has just read.
fn find(
    plan: &Plan,
    member: usize,
    key_finder: &KeyFinder,
    reader: &mut Reader<'_>,
) -> Result<Option<KeyId>, Fault> {
    // DynamoDB returns most keys in the same bytes as dkmio sent them.
    if let Some(values) = key_finder.json(reader)
        && let Some(index) = plan.keys[member].find(values)
    {
        return Ok(Some(KeyId { member, index }));
    }
    Ok(find_by_value(plan, member, key_finder.end(reader)?))
}

/// Finds a key by its values, encoded once more as dkmio encodes keys: a number may be written in several ways.
#[cold]
fn find_by_value(plan: &Plan, member: usize, values: [Option<Scalar<'_>>; 2]) -> Option<KeyId> {
    let names = plan.members[member].schema.iter().map(KeyElement::name);
    let mut key = KeyWriter::new();
    let values = key.write(names.zip(values))?;
    let index = plan.keys[member].find(values.map(|value| key.part(value)))?;
    Some(KeyId { member, index })
}

impl ItemSink for ItemMatcher {
    fn for_attempt(&self) -> Self {
        Self {
            plan: self.plan.clone(),
            tables: self.tables.clone(),
            count: self.count,
            body: None,
            items: Vec::new(),
        }
    }

    fn begin(&mut self, body: &SdkBody) {
        // A body in memory is reference-counted, so that this copies no bytes.
        self.body = body.try_clone().map(Arc::new);
        self.items.reserve(self.count);
    }

    fn read(&mut self, table: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let Some(&TableOfRequest { member, key, .. }) = self.table(table) else {
            // The request did not read this table.
            return wire::skip_item(reader);
        };
        let start = reader.position();
        let plan = &self.plan;
        let key_finder = KeyFinder::begin(reader, key);
        let mut key_id = None;
        let mut find = |reader: &mut Reader<'_>| {
            key_id = find(plan, member, &key_finder, reader)?;
            Ok(key_id.map(|key_id| key_id.index))
        };
        match plan.decoded(member) {
            Some(decoded) => decoded.read(reader, &mut find)?,
            None => {
                wire::skip_item(reader)?;
                find(reader)?;
            }
        }
        if let Some(key_id) = key_id {
            let item = match &self.body {
                Some(body) => ReceivedItem::InBody(body.clone(), (start, reader.position())),
                None => ReceivedItem::Values(wire::read_again(reader, start)?),
            };
            self.items.push((key_id, item));
        }
        Ok(())
    }

    fn push(&mut self, table: &str, item: Option<Item>) {
        let Some(item) = item else { return };
        if let Some(key_id) = self.key_id(table, &item) {
            self.items.push((key_id, ReceivedItem::Values(item)));
        }
    }
}
