//! Walks through the attributes of an item without decoding them.

use super::fault::Fault;
use super::reader::Reader;
use super::unread_value::UnreadValue;
use std::borrow::Cow;
use std::ops::Range;

/// Calls a function with each attribute of an item. The last value counts of a name that comes twice.
pub(crate) fn attributes<'de>(
    reader: &mut Reader<'de>,
    mut each: impl FnMut(Cow<'de, str>, UnreadValue<'de>),
) -> Result<(), Fault> {
    let mut members = reader.object()?;
    while let Some(name) = reader.next_member(&mut members)? {
        each(name, UnreadValue::take(reader)?);
    }
    Ok(())
}

/// Returns the first `count` wanted attributes of the next item. The reader does not move.
pub(crate) fn peek_attributes<'de>(
    reader: &mut Reader<'de>,
    wanted: impl Fn(&str) -> bool,
    count: usize,
) -> Result<Vec<(Cow<'de, str>, UnreadValue<'de>)>, Fault> {
    let (start, depth) = (reader.position(), reader.depth());
    let mut found = Vec::with_capacity(count.min(4));
    let mut members = reader.object()?;
    while found.len() < count
        && let Some(name) = reader.next_member(&mut members)?
    {
        let value = UnreadValue::take(reader)?;
        if wanted(&name) {
            found.push((name, value));
        }
    }
    reader.rewind(start, depth);
    Ok(found)
}

/// Returns the range of the value of this name in an item's JSON; the last value counts of a name that comes twice.
pub(crate) fn attribute_range(item: &[u8], wanted: &str) -> Result<Option<Range<usize>>, Fault> {
    let mut reader = Reader::of_item(item)?;
    let mut found = None;
    let mut members = reader.object()?;
    while let Some(name) = reader.next_member(&mut members)? {
        let start = reader.position();
        UnreadValue::take(&mut reader)?;
        if name == wanted {
            found = Some(start..reader.position());
        }
    }
    Ok(found)
}
