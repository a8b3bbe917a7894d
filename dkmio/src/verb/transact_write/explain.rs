//! What `TransactWrite::explain` returns: one explanation a member, read from the SDK's input.

use super::builder::TransactWrite;
use crate::error::Error;
use crate::expr::{Explain, ExplainBuilder};
use aws_sdk_dynamodb::types::TransactWriteItem;

impl TransactWrite {
    /// Returns the members as they would be sent, in their order, without sending them. The operation of each is `Put`, `Update`,
    /// `Delete` or `ConditionCheck`.
    ///
    /// # Errors
    ///
    /// What [`TransactWrite::into_input`] refuses.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::DynamoTable;
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "accounts")]
    /// # struct Accounts { #[pk] id: String, balance: i64 }
    /// let transfer = dkmio::transact_write()
    ///     .add(Accounts::update("ann").add(|a| a.balance(), -50).condition(|a| a.balance().ge(50)))
    ///     .add(Accounts::condition_check("bob", |a| a.id().exists()));
    /// let members = transfer.explain()?;
    /// assert_eq!(members[0].operation(), "Update");
    /// assert_eq!(members[0].condition(), Some("#balance >= :v1"));
    /// assert_eq!(members[1].condition(), Some("attribute_exists(#id)"));
    /// # Ok::<(), dkmio::Error>(())
    /// ```
    pub fn explain(&self) -> Result<Vec<Explain>, Error> {
        let input = self.clone().into_input()?;
        Ok(input.transact_items().iter().filter_map(explain).collect())
    }
}

/// Explains a member by its fields, which have the same names in all kinds of members.
macro_rules! explain {
    ($operation:literal, $member:ident, $condition:expr, $($part:ident = $value:ident),*) => {
        ExplainBuilder::new($operation, Some($member.table_name()))
            $(.$part(Some($member.$value())))*
            .condition($condition)
            .names($member.expression_attribute_names())
            .values($member.expression_attribute_values())
            .returns(None, $member.return_values_on_condition_check_failure())
            .build()
    };
}

/// Returns `None` if the member is of none of the kinds that dkmio makes.
fn explain(member: &TransactWriteItem) -> Option<Explain> {
    if let Some(put) = &member.put {
        return Some(explain!(
            "Put",
            put,
            put.condition_expression(),
            item = item
        ));
    }
    if let Some(update) = &member.update {
        return Some(explain!(
            "Update",
            update,
            update.condition_expression(),
            key = key,
            update = update_expression
        ));
    }
    if let Some(delete) = &member.delete {
        return Some(explain!(
            "Delete",
            delete,
            delete.condition_expression(),
            key = key
        ));
    }
    let check = member.condition_check.as_ref()?;
    Some(explain!(
        "ConditionCheck",
        check,
        Some(check.condition_expression()),
        key = key
    ))
}
