//! Reads an encoded item back before it is sent, if it has a value that serde may not be able to read.

use super::encode_noted;
use super::error::{CodecError, Step};
use super::kind::Kind;
use super::notes::{Doubt, Note};
use super::wire::{NameOrder, from_json, write_item_in_order};
use crate::value::{AttributeValue, Item};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Refuses a value that does not read back, with the path of what is lost.
///
/// Values are not compared, because a type need not be comparable. Instead the item that was read back is encoded once
/// more, and has to have each doubtful value again.
#[cold]
pub(super) fn check_reads_back<T: Serialize + DeserializeOwned>(
    value: &T,
) -> Result<(), CodecError> {
    let (item, notes) = encode_noted(value)?;
    // serde buffers the content of an adjacently tagged enum if the content comes before the tag, so that both orders
    // count.
    for order in [NameOrder::Ascending, NameOrder::Descending] {
        let back = read::<T>(&item, order).map_err(|e| cause::<T>(e, &item, &notes, order))?;
        let (_, again) = encode_noted(&back)?;
        let gone = notes.iter().filter(|note| !again.contains(note));
        let new = again.iter().filter(|note| !notes.contains(note));
        if let Some((path, doubt)) = gone.chain(new).next() {
            return Err(CodecError::at(path, lost(*doubt)));
        }
    }
    Ok(())
}

fn read<T: DeserializeOwned>(item: &Item, order: NameOrder) -> Result<T, CodecError> {
    from_json(&write_item_in_order(item, order))
}

/// Returns the message for a value that does not read back as it was written.
fn lost(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::WideInteger => {
            "serde does not read an integer of 128 bits inside a flattened struct, or a tagged or untagged enum; use `dkmio::Number`, or 64 bits"
        }
        Doubt::NameNotString => {
            "serde does not read numbers and booleans as the names of a map inside a flattened struct, or a tagged or untagged enum; use `String` for the keys"
        }
        Doubt::NothingWritten => {
            "nothing is written of this field, and without it the item does not read back as it is; add `#[serde(default)]`, or use an `Option`"
        }
        Doubt::FlattenedName => {
            "the struct reads this name as a field of its own, and a map that is flattened into it writes it too; take it out of the map"
        }
    }
}

/// Returns the doubt that explains why an item does not read, because serde's buffer forgets the path of an error.
fn cause<T: DeserializeOwned>(
    e: CodecError,
    item: &Item,
    notes: &[Note],
    order: NameOrder,
) -> CodecError {
    for (path, doubt) in notes {
        let is_cause = match doubt {
            Doubt::WideInteger => !reads_in_place::<T>(item, path, "a number", order),
            Doubt::NameNotString => !reads_in_place::<T>(item, path, "a map", order),
            Doubt::NothingWritten => e.steps().iter().rev().eq(path),
            Doubt::FlattenedName => false,
        };
        if is_cause {
            return CodecError::at(path, lost(*doubt));
        }
    }
    let path: Vec<Step> = e.steps().iter().rev().cloned().collect();
    // The rest of a path that ends where serde's buffer began.
    let unsaid = notes
        .iter()
        .find(|(noted, doubt)| *doubt == Doubt::NothingWritten && noted.starts_with(&path));
    if let Some((path, doubt)) = unsaid {
        return CodecError::at(path, lost(*doubt));
    }
    CodecError::at(
        &path,
        format!("what is written here would not read back: {}", e.message()),
    )
}

/// Returns whether a value is read directly and not through serde's buffer. Tries it with a boolean in place of the
/// value: the error of a direct read is about that boolean.
fn reads_in_place<T: DeserializeOwned>(
    item: &Item,
    path: &[Step],
    what: &str,
    order: NameOrder,
) -> bool {
    let mut changed = AttributeValue::M(item.clone());
    let Some(place) = at_path(&mut changed, path) else {
        return false;
    };
    *place = AttributeValue::Bool(true);
    let AttributeValue::M(changed) = changed else {
        return false;
    };
    match read::<T>(&changed, order) {
        Ok(_) => false,
        Err(e) => {
            let expected = Kind::Bool.instead_of(what);
            e.steps().iter().rev().eq(path) && e.message() == expected.message()
        }
    }
}

fn at_path<'v>(value: &'v mut AttributeValue, path: &[Step]) -> Option<&'v mut AttributeValue> {
    let Some((step, rest)) = path.split_first() else {
        return Some(value);
    };
    let inner = match (step, value) {
        (Step::Name(name), AttributeValue::M(entries)) => entries.get_mut(name)?,
        (Step::Index(index), AttributeValue::L(elements)) => elements.get_mut(*index)?,
        _ => return None,
    };
    at_path(inner, rest)
}
