//! The writes of a batch: puts and deletes without conditions.

use crate::error::{Error, PendingWrite, ValidationCause};
use crate::schema::{KeySchema, PutInBatch, Table, is_table_key};
use crate::value::{EncodedItem, Item};
use crate::verb::transact::KeyIn;
use crate::verb::{Delete, Put};
use std::sync::OnceLock;

/// Why a write cannot be sent; boxed, because a batch has many results of writes.
pub(super) type WriteError = Box<Error>;

/// A write of a batch, lowered, and the key schema of its table.
#[doc(hidden)]
pub struct Write {
    pub(super) pending: PendingWrite,
    keys: &'static KeySchema,
}

impl Write {
    /// Appends bytes that are equal for equal keys of a table.
    pub(super) fn identify(&self, bytes: &mut Vec<u8>) {
        let key = match &self.pending.item {
            Some(item) => KeyIn::Item(item),
            None => KeyIn::Key(self.pending.key()),
        };
        key.identify(self.keys, bytes);
    }
}

/// A put or delete that returns nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a batch write",
    label = "expected a put or delete that returns nothing",
    note = "a batch returns no item: drop the `return_..()` call; for updates and conditions use `transact_write`"
)]
pub trait BatchWriteMember {
    #[doc(hidden)]
    fn into_write(self) -> Result<Write, Error>;
}

/// Returns the put of an item, whatever version it has.
pub(super) fn put_write<M: Table>(item: &M) -> Result<Write, WriteError> {
    write_of(Put::new(item).expecting_any()).map_err(Box::new)
}

fn write_of<M: Table>(put: Put<M>) -> Result<Write, Error> {
    let (item, rest) = put.checked()?;
    no_condition(rest.condition())?;
    Ok(write::<M>(Some(item), OnceLock::new()))
}

fn no_condition(condition: Option<&str>) -> Result<(), Error> {
    match condition {
        None => Ok(()),
        Some(_) => Err(Error::invalid(
            ValidationCause::Options,
            "a batch write takes no conditions; use `dkmio::transact_write()`, or a single write",
        )),
    }
}

fn write<M: Table>(item: Option<EncodedItem>, key: OnceLock<Item>) -> Write {
    Write {
        pending: PendingWrite {
            table: M::SCHEMA.name(),
            key,
            is_key: is_table_key::<M>,
            item,
        },
        keys: M::KEYS,
    }
}

impl<M: Table + PutInBatch> BatchWriteMember for Put<M> {
    fn into_write(self) -> Result<Write, Error> {
        write_of(self)
    }
}

impl<M: Table> BatchWriteMember for Delete<M> {
    fn into_write(self) -> Result<Write, Error> {
        let input = self.into_input()?;
        no_condition(input.condition_expression())?;
        let key = input.key.unwrap_or_default();
        Ok(write::<M>(None, key.into()))
    }
}
