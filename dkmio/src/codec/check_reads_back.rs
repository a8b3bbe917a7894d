//! Reads an item back before it is sent, if serde may not read it as it was: see [`doubts`](super::doubts).

use super::doubts::{Doubt, DoubtAt};
use super::error::{CodecError, PathStep};
use super::sdk_values::encode_with_doubts;
use super::value_kind::ValueKind;
use super::wire::{NameOrder, from_json, write_item_in_order};
use crate::value::{AttributeValue, Item};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Refuses a value that does not read back, with the path of the part that is lost.
///
/// A type need not be comparable, so values are not compared. Instead the value that was read is encoded once more,
/// which must give the same doubts.
#[cold]
pub(super) fn check_reads_back<T: Serialize + DeserializeOwned>(
    value: &T,
) -> Result<(), CodecError> {
    let (item, doubts) = encode_with_doubts(value)?;
    // An adjacently tagged enum reads through serde's buffer only if the content comes before the tag.
    for order in [NameOrder::Ascending, NameOrder::Descending] {
        let back = read::<T>(&item, order).map_err(|e| cause::<T>(e, &item, &doubts, order))?;
        let (_, again) = encode_with_doubts(&back)?;
        let gone = doubts.iter().filter(|doubt| !again.contains(doubt));
        let new = again.iter().filter(|doubt| !doubts.contains(doubt));
        if let Some((path, doubt)) = gone.chain(new).next() {
            return Err(CodecError::at(path, doubt.message()));
        }
    }
    Ok(())
}

fn read<T: DeserializeOwned>(item: &Item, order: NameOrder) -> Result<T, CodecError> {
    from_json(&write_item_in_order(item, order))
}

/// Returns the error with the doubt that explains it, because serde's buffer forgets the path.
fn cause<T: DeserializeOwned>(
    e: CodecError,
    item: &Item,
    doubts: &[DoubtAt],
    order: NameOrder,
) -> CodecError {
    for (path, doubt) in doubts {
        let is_cause = match doubt {
            Doubt::WideInteger => !reads_in_place::<T>(item, path, "a number", order),
            Doubt::NameNotString => !reads_in_place::<T>(item, path, "a map", order),
            Doubt::NothingWritten => e.steps().iter().rev().eq(path),
            Doubt::FlattenedName => false,
        };
        if is_cause {
            return CodecError::at(path, doubt.message());
        }
    }
    let path: Vec<PathStep> = e.steps().iter().rev().cloned().collect();
    // The buffer keeps only the beginning of the path.
    let unsaid = doubts
        .iter()
        .find(|(noted, doubt)| *doubt == Doubt::NothingWritten && noted.starts_with(&path));
    if let Some((path, doubt)) = unsaid {
        return CodecError::at(path, doubt.message());
    }
    CodecError::at(
        &path,
        format!("what is written here would not read back: {}", e.message()),
    )
}

/// Whether a value is decoded directly, not through serde's buffer.
///
/// A boolean is put in place of the value. Only a direct read complains of it at its path.
fn reads_in_place<T: DeserializeOwned>(
    item: &Item,
    path: &[PathStep],
    what: &str,
    order: NameOrder,
) -> bool {
    let mut changed = AttributeValue::M(item.clone());
    let Some(target) = at_path(&mut changed, path) else {
        return false;
    };
    *target = AttributeValue::Bool(true);
    let AttributeValue::M(changed) = changed else {
        return false;
    };
    match read::<T>(&changed, order) {
        Ok(_) => false,
        Err(e) => {
            let expected = ValueKind::Bool.instead_of(what);
            e.steps().iter().rev().eq(path) && e.message() == expected.message()
        }
    }
}

fn at_path<'v>(value: &'v mut AttributeValue, path: &[PathStep]) -> Option<&'v mut AttributeValue> {
    let Some((step, rest)) = path.split_first() else {
        return Some(value);
    };
    let inner = match (step, value) {
        (PathStep::Name(name), AttributeValue::M(entries)) => entries.get_mut(name)?,
        (PathStep::Index(index), AttributeValue::L(elements)) => elements.get_mut(*index)?,
        _ => return None,
    };
    at_path(inner, rest)
}
