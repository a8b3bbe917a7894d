//! Reads the items of an answer out of its bytes.

use crate::codec::wire::{Fault, FaultKind, ListInAnswer, Reader, UnreadItems};
use crate::executor::items::{ItemSink, ItemsIn};
use aws_smithy_types::body::SdkBody;

/// Hands the list of items to the sink as bytes, and returns the body without the list.
///
/// Returns `None` if the sink must read each item, or the body has no such list.
pub(super) fn take_unread(
    items_in: ItemsIn,
    body: &SdkBody,
    sink: &mut impl ItemSink,
) -> Option<Vec<u8>> {
    let ItemsIn::Items(member) = items_in else {
        return None;
    };
    if !sink.wants_unread() {
        return None;
    }
    let bytes = body.bytes()?;
    let found = match ListInAnswer::find_fast(bytes, member) {
        Some(found) => found,
        None => ListInAnswer::find(bytes, member).ok()??,
    };
    // The clone shares the bytes, because the body is in memory.
    let items = UnreadItems::new(body.try_clone()?, found.range, found.count);
    sink.take_unread(items).then_some(found.rest)
}

/// Hands the items to the sink one by one, and returns the body without them.
pub(super) fn read(
    items_in: ItemsIn,
    body: &[u8],
    sink: &mut impl ItemSink,
) -> Result<Vec<u8>, Fault> {
    let mut reader = Reader::new(body)?;
    let mut rest = Vec::with_capacity(body.len().min(512));
    rest.push(b'{');
    let mut members = reader.object()?;
    let mut found = false;
    while let Some(name) = reader.next_member(&mut members)? {
        if Some(&*name) == items_in.member() {
            // If the member is there twice, the SDK decides what it means.
            if std::mem::replace(&mut found, true) {
                return Err(reader.fault(FaultKind::Repeated));
            }
            read_items(items_in, &mut reader, sink)?;
            continue;
        }
        let start = reader.position();
        reader.skip_value()?;
        let value = reader.slice(start, reader.position())?;
        if name == "Count"
            && let Ok(count) = value.trim().parse::<u16>()
        {
            sink.expect(count.into());
        }
        // DynamoDB has no member whose name needs escapes.
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

fn read_items(
    items_in: ItemsIn,
    reader: &mut Reader<'_>,
    sink: &mut impl ItemSink,
) -> Result<(), Fault> {
    if reader.null()? {
        return Ok(());
    }
    match items_in {
        ItemsIn::Item(_) => sink.read("", reader),
        ItemsIn::Items(_) => read_list("", reader, sink),
        ItemsIn::Tables => {
            let mut tables = reader.object()?;
            while let Some(table) = reader.next_member(&mut tables)? {
                // A `null` here is a fault, because the SDK refuses it too.
                read_list(&table, reader, sink)?;
            }
            Ok(())
        }
        ItemsIn::Members => {
            let mut elements = reader.array()?;
            while reader.next_element(&mut elements)? {
                read_member(reader, sink)?;
            }
            Ok(())
        }
        ItemsIn::Scored(_) => {
            let mut elements = reader.array()?;
            while reader.next_element(&mut elements)? {
                read_scored(reader, sink)?;
            }
            Ok(())
        }
        ItemsIn::Nothing => reader.skip_value(),
    }
}

fn read_list(table: &str, reader: &mut Reader<'_>, sink: &mut impl ItemSink) -> Result<(), Fault> {
    let mut elements = reader.array()?;
    while reader.next_element(&mut elements)? {
        sink.read(table, reader)?;
    }
    Ok(())
}

/// Reads one result of a search: `{"Item":{..},"Score":0.5}`, in any order.
fn read_scored(reader: &mut Reader<'_>, sink: &mut impl ItemSink) -> Result<(), Fault> {
    let mut members = reader.object()?;
    let (mut score, mut found) = (None, false);
    while let Some(name) = reader.next_member(&mut members)? {
        if name == "Item" && !found {
            sink.read("", reader)?;
            found = true;
            continue;
        }
        let start = reader.position();
        reader.skip_value()?;
        if name == "Score" && score.is_none() {
            let value = reader.slice(start, reader.position())?;
            score = value.trim().parse().ok();
        }
    }
    match score {
        Some(score) if found => {
            sink.score(score);
            Ok(())
        }
        // If the item or the score is missing, the SDK decides what it means.
        _ => Err(reader.fault(FaultKind::Repeated)),
    }
}

/// Reads one response of a transaction: `{"Item":{..}}`, or `{}` if no item was found.
fn read_member(reader: &mut Reader<'_>, sink: &mut impl ItemSink) -> Result<(), Fault> {
    let mut members = reader.object()?;
    let mut found = false;
    while let Some(name) = reader.next_member(&mut members)? {
        if name != "Item" || found {
            // If there is another member, the SDK decides what it means.
            return Err(reader.fault(FaultKind::Repeated));
        }
        if !reader.null()? {
            sink.read("", reader)?;
            found = true;
        }
    }
    if !found {
        sink.push("", None);
    }
    Ok(())
}
