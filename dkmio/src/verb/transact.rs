//! What transactions have in common.

use crate::error::Error;
use crate::executor::TableNames;
use crate::schema::{KeySchema, key_identity};
use crate::value::Item;
use std::collections::HashSet;

/// Members of one transaction.
const MAX_MEMBERS: usize = 100;
/// Bytes of all items of one transaction.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What is checked of a member before sending.
#[derive(Clone)]
pub(super) struct Checked {
    pub(super) table: &'static str,
    pub(super) keys: &'static KeySchema,
    pub(super) key: Item,
    pub(super) size: usize,
}

/// Checks the limits of a transaction: its members, its size, and that no item is in it twice.
///
/// A table counts by its name in the connection: an override can make one table of two.
pub(super) fn check_members(members: &[Checked], names: &TableNames) -> Result<(), Error> {
    if members.len() > MAX_MEMBERS {
        return Err(Error::invalid(format!(
            "the transaction has {} members; DynamoDB takes at most {MAX_MEMBERS}",
            members.len()
        )));
    }
    let size: usize = members.iter().map(|member| member.size).sum();
    if size > MAX_BYTES {
        return Err(Error::invalid(format!(
            "the items of the transaction have {size} bytes; DynamoDB takes at most {MAX_BYTES} (4 MB)"
        )));
    }
    let mut seen = HashSet::new();
    for member in members {
        let identity = key_identity(member.keys, &member.key);
        if !seen.insert((names.resolve(member.table), identity)) {
            return Err(Error::invalid(format!(
                "two members of the transaction are the same item in `{}`; DynamoDB takes each item once",
                member.table
            )));
        }
    }
    Ok(())
}
