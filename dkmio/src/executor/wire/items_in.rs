//! Where the items stand in the answers.

use super::super::Request;
use super::puts;
use super::writes::sdk_write;
use super::{ItemSink, Payload};
use crate::codec::wire::{Fault, FaultKind, FoundList, Reader, UnreadItems};
use crate::error::Error;
use crate::value::Item;
use aws_sdk_dynamodb::operation::batch_get_item::{
    BatchGetItem, BatchGetItemInput, BatchGetItemOutput,
};
use aws_sdk_dynamodb::operation::batch_write_item::{
    BatchWriteItem, BatchWriteItemInput, BatchWriteItemOutput,
};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItem, DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItem, GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItem, PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{Query, QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::scan::{Scan, ScanInput, ScanOutput};
use aws_sdk_dynamodb::operation::transact_get_items::{
    TransactGetItems, TransactGetItemsInput, TransactGetItemsOutput,
};
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItems, TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::operation::update_item::{UpdateItem, UpdateItemInput, UpdateItemOutput};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::FrozenLayer;
use std::sync::OnceLock;

/// Where the items stand in the answers of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemsIn {
    /// One item, in this member.
    Item(&'static str),
    /// A list of items, in this member.
    Items(&'static str),
    /// `Responses`: a list of items for each table.
    Tables,
    /// `Responses`: a list of objects with an `Item`, or without.
    Members,
    Nothing,
}

impl ItemsIn {
    /// The member that holds the items.
    fn member(self) -> Option<&'static str> {
        match self {
            Self::Item(member) | Self::Items(member) => Some(member),
            Self::Tables | Self::Members => Some("Responses"),
            Self::Nothing => None,
        }
    }

    /// Hands the list of items to the receiver as it is, and returns the answer without it; `None` where the receiver wants
    /// to read each of them.
    pub(super) fn hold(self, body: &SdkBody, to: &mut impl ItemSink) -> Option<Vec<u8>> {
        let Self::Items(member) = self else {
            return None;
        };
        if !to.wants_unread() {
            return None;
        }
        let bytes = body.bytes()?;
        let found = match FoundList::at_a_glance(bytes, member) {
            Some(found) => found,
            None => FoundList::anywhere(bytes, member).ok()??,
        };
        // It counts references, as all bodies do that are in memory.
        let items = UnreadItems::new(body.try_clone()?, found.list, found.count);
        to.take_unread(items).then_some(found.rest)
    }

    /// Hands the items to the receiver, and returns the answer without them.
    pub(super) fn read(self, body: &[u8], to: &mut impl ItemSink) -> Result<Vec<u8>, Fault> {
        let mut reader = Reader::new(body)?;
        let mut rest = Vec::with_capacity(body.len().min(512));
        rest.push(b'{');
        let mut members = reader.object()?;
        let mut found = false;
        while let Some(name) = reader.next_member(&mut members)? {
            if Some(&*name) == self.member() {
                // Twice the same member: the SDK has an opinion on that.
                if std::mem::replace(&mut found, true) {
                    return Err(reader.fault(FaultKind::Repeated));
                }
                self.items(&mut reader, to)?;
                continue;
            }
            let start = reader.position();
            reader.skip_value()?;
            let value = reader.slice(start, reader.position())?;
            if name == "Count"
                && let Ok(count) = value.trim().parse::<u16>()
            {
                to.expect(count.into());
            }
            // No member that DynamoDB has takes an escape.
            if name.contains(['"', '\\']) {
                return Err(reader.fault(FaultKind::Escape));
            }
            if rest.len() > 1 {
                rest.push(b',');
            }
            rest.push(b'"');
            rest.extend_from_slice(name.as_bytes());
            rest.extend_from_slice(b"\":");
            rest.extend_from_slice(value.as_bytes());
        }
        reader.end()?;
        rest.push(b'}');
        Ok(rest)
    }

    fn items(self, reader: &mut Reader<'_>, to: &mut impl ItemSink) -> Result<(), Fault> {
        if reader.null()? {
            return Ok(());
        }
        match self {
            Self::Item(_) => to.read("", reader),
            Self::Items(_) => list(reader, "", to),
            Self::Tables => {
                let mut tables = reader.object()?;
                while let Some(table) = reader.next_member(&mut tables)? {
                    // For a table that has `null`, the SDK refuses the answer.
                    list(reader, &table, to)?;
                }
                Ok(())
            }
            Self::Members => {
                let mut elements = reader.array()?;
                while reader.next_element(&mut elements)? {
                    member(reader, to)?;
                }
                Ok(())
            }
            Self::Nothing => reader.skip_value(),
        }
    }
}

fn list(reader: &mut Reader<'_>, table: &str, to: &mut impl ItemSink) -> Result<(), Fault> {
    let mut elements = reader.array()?;
    while reader.next_element(&mut elements)? {
        to.read(table, reader)?;
    }
    Ok(())
}

/// Reads one answer of a transaction: `{"Item":{..}}`, or `{}` where there is none.
fn member(reader: &mut Reader<'_>, to: &mut impl ItemSink) -> Result<(), Fault> {
    let mut members = reader.object()?;
    let mut found = false;
    while let Some(name) = reader.next_member(&mut members)? {
        if name != "Item" || found {
            // Of a member that is not known here the SDK decides.
            return Err(reader.fault(FaultKind::Repeated));
        }
        if !reader.null()? {
            to.read("", reader)?;
            found = true;
        }
    }
    if !found {
        to.push("", None);
    }
    Ok(())
}

/// A request whose answer can carry items.
pub(crate) trait Carries: Request {
    const ITEMS: ItemsIn;

    /// The SDK's own reading of the answers.
    fn deserializer() -> Option<&'static FrozenLayer>;

    /// Takes out the items that the SDK has read.
    fn items(output: &mut Self::Output, to: &mut impl ItemSink);
}

/// A request that items are sent in.
pub(crate) trait Holds: Carries {
    /// Puts the items into their places as the SDK's values.
    fn hold(&mut self, payload: &Payload) -> Result<(), Error>;
}

impl Holds for PutItemInput {
    fn hold(&mut self, payload: &Payload) -> Result<(), Error> {
        if let Payload::Item(item) = payload {
            self.item = Some(item.sdk_item()?);
        }
        Ok(())
    }
}

impl Holds for TransactWriteItemsInput {
    fn hold(&mut self, payload: &Payload) -> Result<(), Error> {
        let members = self.transact_items.get_or_insert_default();
        match payload {
            Payload::Puts(items, runs) => puts::hold(members, items, runs),
            _ => Ok(()),
        }
    }
}

impl Holds for BatchWriteItemInput {
    fn hold(&mut self, payload: &Payload) -> Result<(), Error> {
        let tables = self.request_items.get_or_insert_default();
        if let Payload::Writes(writes) = payload {
            for write in writes.iter() {
                let requests = tables.entry(write.table.to_owned()).or_default();
                requests.push(sdk_write(write)?);
            }
        }
        Ok(())
    }
}

impl Holds for BatchGetItemInput {
    fn hold(&mut self, payload: &Payload) -> Result<(), Error> {
        let tables = self.request_items.get_or_insert_default();
        if let Payload::Keys(entries) = payload {
            for entry in entries {
                if let Some(reads) = tables.get_mut(entry.table) {
                    reads.keys = entry.to_keys()?;
                }
            }
        }
        Ok(())
    }
}

macro_rules! carries {
    ($($input:ident $operation:ident $output:ident $answer:expr, $items:expr;)*) => { $(
        impl Carries for $input {
            const ITEMS: ItemsIn = $answer;

            fn deserializer() -> Option<&'static FrozenLayer> {
                static LAYER: OnceLock<Option<FrozenLayer>> = OnceLock::new();
                LAYER.get_or_init(|| $operation::new().config()).as_ref()
            }

            fn items(output: &mut $output, to: &mut impl ItemSink) {
                fn hand_over<R: ItemSink>(output: &mut $output, to: &mut R) {
                    let items: fn(&mut $output, &mut R) = $items;
                    items(output, to);
                }
                hand_over(output, to);
            }
        }
    )* };
}

fn one(item: Option<Item>, to: &mut impl ItemSink) {
    if let Some(item) = item {
        to.push("", Some(item));
    }
}

fn many(items: Option<Vec<Item>>, to: &mut impl ItemSink) {
    for item in items.unwrap_or_default() {
        to.push("", Some(item));
    }
}

carries! {
    GetItemInput GetItem GetItemOutput ItemsIn::Item("Item"), |output, to| one(output.item.take(), to);
    PutItemInput PutItem PutItemOutput ItemsIn::Item("Attributes"), |output, to| one(output.attributes.take(), to);
    UpdateItemInput UpdateItem UpdateItemOutput ItemsIn::Item("Attributes"),
        |output, to| one(output.attributes.take(), to);
    DeleteItemInput DeleteItem DeleteItemOutput ItemsIn::Item("Attributes"),
        |output, to| one(output.attributes.take(), to);
    QueryInput Query QueryOutput ItemsIn::Items("Items"), |output, to| many(output.items.take(), to);
    ScanInput Scan ScanOutput ItemsIn::Items("Items"), |output, to| many(output.items.take(), to);
    BatchGetItemInput BatchGetItem BatchGetItemOutput ItemsIn::Tables, |output, to| {
        for (table, items) in output.responses.take().unwrap_or_default() {
            for item in items {
                to.push(&table, Some(item));
            }
        }
    };
    TransactGetItemsInput TransactGetItems TransactGetItemsOutput ItemsIn::Members, |output, to| {
        for response in output.responses.take().unwrap_or_default() {
            to.push("", response.item);
        }
    };
    BatchWriteItemInput BatchWriteItem BatchWriteItemOutput ItemsIn::Nothing, |_, _| {};
    TransactWriteItemsInput TransactWriteItems TransactWriteItemsOutput ItemsIn::Nothing, |_, _| {};
}
