//! The checks before sending that both transactions have in common.

use super::identities::Identities;
use crate::error::{Error, ValidationCause};
use crate::executor::TableNames;
use crate::schema::{KeySchema, identify_item, key_identity};
use crate::value::{EncodedItem, Item};

/// The most members that DynamoDB takes in one transaction.
const MAX_MEMBERS: usize = 100;
/// The most bytes that DynamoDB takes in the items of one transaction.
const MAX_TRANSACTION_BYTES: usize = 4 * 1024 * 1024;

/// What is checked of a member before sending. The transactions make it of their members.
pub(super) struct Checked<'a> {
    pub(super) table: &'static str,
    pub(super) keys: &'static KeySchema,
    pub(super) key: KeyIn<'a>,
    pub(super) size: usize,
}

/// The source of a key: the item of a put, or the key itself.
#[derive(Clone, Copy)]
pub(super) enum KeyIn<'a> {
    Item(&'a EncodedItem),
    Key(&'a Item),
}

impl KeyIn<'_> {
    /// Appends bytes that are equal for equal keys of a table.
    pub(super) fn identify(self, keys: &KeySchema, bytes: &mut Vec<u8>) {
        match self {
            Self::Item(item) => identify_item(keys, item, bytes),
            Self::Key(key) => bytes.extend(key_identity(keys, key).unwrap_or_default()),
        }
    }
}

/// Checks the limits of a transaction: its members, its size, and that no item is in it twice.
pub(super) fn check_members<'a>(
    members: impl Iterator<Item = Checked<'a>> + Clone,
    names: &TableNames,
) -> Result<(), Error> {
    let count = members.clone().count();
    if count > MAX_MEMBERS {
        return Err(Error::invalid(
            ValidationCause::TooMany {
                count: Some(count),
                limit: MAX_MEMBERS,
            },
            format!("the transaction has {count} members; DynamoDB takes at most {MAX_MEMBERS}"),
        ));
    }
    let size: usize = members.clone().map(|member| member.size).sum();
    if size > MAX_TRANSACTION_BYTES {
        return Err(Error::invalid(
            ValidationCause::RequestTooLarge {
                size: Some(size),
                limit: MAX_TRANSACTION_BYTES,
            },
            format!(
                "the items of the transaction have {size} bytes; DynamoDB takes at most {MAX_TRANSACTION_BYTES} (4 MB)"
            ),
        ));
    }
    let mut identities = Identities::new(names, count);
    for member in members.clone() {
        identities.push(member.table, |bytes| {
            member.key.identify(member.keys, bytes)
        });
    }
    let firsts = identities.firsts();
    let mut indexes = firsts.iter().enumerate().zip(members);
    let again = indexes.find(|((index, first), _)| index != *first);
    match again {
        None => Ok(()),
        Some((_, member)) => Err(Error::invalid(
            ValidationCause::Duplicate,
            format!(
                "two members of the transaction are the same item in `{}`; DynamoDB takes each item once",
                member.table
            ),
        )),
    }
}
