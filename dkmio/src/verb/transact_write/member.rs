//! The members of a write transaction: puts, updates and deletes.

use crate::error::{Error, ExpectedVersion};
use crate::schema::{KeySchema, Table};
use crate::value::{EncodedItem, Item, item_size};
use crate::verb::input::incomplete;
use crate::verb::put::PutRest;
use crate::verb::transact::{Checked, KeyIn};
use crate::verb::{Delete, Put, Update};
use aws_sdk_dynamodb::types::{self, TransactWriteItem};

/// A lowered member. `TransactWriteMember` makes it; `Lowered` takes it.
#[doc(hidden)]
#[derive(Clone)]
pub struct WriteMember {
    pub(super) table: &'static str,
    keys: &'static KeySchema,
    pub(super) kind: MemberKind,
    pub(super) label: Option<String>,
    /// The version that the condition asks for.
    pub(super) expected: Option<ExpectedVersion>,
}

#[derive(Clone)]
pub(super) enum MemberKind {
    Put(EncodedItem, PutRest),
    /// Any other member, with its key.
    Other(Item, Box<TransactWriteItem>),
}

impl MemberKind {
    /// Returns the name of the member's operation, for errors.
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Self::Put(..) => "Put",
            Self::Other(_, member) if member.update.is_some() => "Update",
            Self::Other(_, member) if member.delete.is_some() => "Delete",
            Self::Other(..) => "ConditionCheck",
        }
    }
}

impl WriteMember {
    pub(super) fn checked(&self) -> Checked<'_> {
        let (key, size) = match &self.kind {
            MemberKind::Put(item, _) => (KeyIn::Item(item), item.size()),
            MemberKind::Other(key, _) => (KeyIn::Key(key), item_size(key)),
        };
        Checked {
            table: self.table,
            keys: self.keys,
            key,
            size,
        }
    }
}

/// A member of a write transaction: a put, update, delete or condition check that returns nothing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a member of a write transaction",
    label = "expected a put, update, delete or condition check that returns nothing",
    note = "a transaction returns no item: drop the `return_..()` call"
)]
pub trait TransactWriteMember {
    #[doc(hidden)]
    fn into_member(self) -> Result<WriteMember, Error>;
}

fn member<M: Table>(kind: MemberKind, expected: Option<ExpectedVersion>) -> WriteMember {
    WriteMember {
        expected,
        table: M::SCHEMA.name(),
        keys: M::KEYS,
        kind,
        label: None,
    }
}

/// Makes a member that is not a put.
pub(super) fn other<M: Table>(
    key: Item,
    other: TransactWriteItem,
    expected: Option<ExpectedVersion>,
) -> WriteMember {
    member::<M>(MemberKind::Other(key, Box::new(other)), expected)
}

impl<M: Table> TransactWriteMember for Put<M> {
    fn into_member(self) -> Result<WriteMember, Error> {
        let (item, rest) = self.checked()?;
        let expected = rest.expected;
        Ok(member::<M>(MemberKind::Put(item, rest), expected))
    }
}

impl<M: Table> TransactWriteMember for Update<M> {
    fn into_member(self) -> Result<WriteMember, Error> {
        let expected = self.options.expected;
        let input = self.into_input()?;
        let key = input.key.unwrap_or_default();
        let update = types::Update::builder()
            .table_name(M::SCHEMA.name())
            .set_key(Some(key.clone()))
            .set_update_expression(input.update_expression)
            .set_condition_expression(input.condition_expression)
            .set_expression_attribute_names(input.expression_attribute_names)
            .set_expression_attribute_values(input.expression_attribute_values)
            .set_return_values_on_condition_check_failure(
                input.return_values_on_condition_check_failure,
            )
            .build()
            .map_err(incomplete)?;
        let member = TransactWriteItem::builder().update(update).build();
        Ok(other::<M>(key, member, expected))
    }
}

impl<M: Table> TransactWriteMember for Delete<M> {
    fn into_member(self) -> Result<WriteMember, Error> {
        let expected = self.options.expected;
        let input = self.into_input()?;
        let key = input.key.unwrap_or_default();
        let delete = types::Delete::builder()
            .table_name(M::SCHEMA.name())
            .set_key(Some(key.clone()))
            .set_condition_expression(input.condition_expression)
            .set_expression_attribute_names(input.expression_attribute_names)
            .set_expression_attribute_values(input.expression_attribute_values)
            .set_return_values_on_condition_check_failure(
                input.return_values_on_condition_check_failure,
            )
            .build()
            .map_err(incomplete)?;
        let member = TransactWriteItem::builder().delete(delete).build();
        Ok(other::<M>(key, member, expected))
    }
}
