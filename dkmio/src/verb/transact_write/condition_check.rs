//! `ConditionCheck`: a member of a write transaction that writes nothing.

use super::member::{TransactWriteMember, WriteMember, other};
use crate::error::{Error, ExpectedVersion, ValidationCause};
use crate::expr::{Condition, Expression};
use crate::schema::{Check, EncodeKey, EncodedKey, Table};
use crate::value::{Version, clock};
use crate::verb::attrs::Attrs;
use crate::verb::input::incomplete;
use crate::verb::kind::kind_condition;
use crate::verb::write_options::{WriteOptions, has_version, old_on_failure};
use aws_sdk_dynamodb::types::{self, TransactWriteItem};
use std::marker::PhantomData;

/// Checks a condition on an item that a transaction does not write; made by the model's `condition_check`.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] id: String, user_id: String }
/// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "users")]
/// # struct Users { #[pk] id: String, status: String }
/// # async fn run(db: DynamoDb, order: Orders) -> Result<(), Error> {
/// // The order is written only if its user is active at that moment.
/// dkmio::transact_write()
///     .add(Orders::put(&order).if_not_exists())
///     .add(Users::condition_check(&order.user_id, |u| u.status().eq("ACTIVE")))
///     .execute(&db)
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a condition check does nothing until it is added to a transaction"]
pub struct ConditionCheck<M> {
    key: EncodedKey,
    condition: Condition,
    return_old_on_failure: bool,
    /// The version that the item must have.
    expected: Option<ExpectedVersion>,
    model: PhantomData<fn() -> M>,
}

impl<M: Table> ConditionCheck<M> {
    #[doc(hidden)]
    pub fn new<K>(
        key: K,
        encode: EncodeKey<K>,
        condition: impl FnOnce(&Attrs<M, Check<M>>) -> Condition,
    ) -> Self {
        Self {
            key: EncodedKey::new::<M, K>(key, encode),
            condition: condition(&Default::default()),
            return_old_on_failure: false,
            expected: None,
            model: PhantomData,
        }
    }

    /// Returns the check that an item still has its version.
    #[doc(hidden)]
    pub fn unchanged<'m>(item: &'m M, encode: EncodeKey<&'m M>) -> Self {
        let version = item.stamps(clock::now()).version;
        let mut options = WriteOptions::default();
        options.expect::<M>(version);
        let expected = options.expected;
        let has_version = expected.map(has_version);
        // Of a new item there is to be none at all.
        let kind = kind_condition::<M>().filter(|_| version != Some(Version::NEW));
        let condition = Condition::all(kind.into_iter().chain(has_version));
        Self {
            return_old_on_failure: true,
            expected,
            ..Self::new(item, encode, |_| condition)
        }
    }

    /// Asks for the current item when the condition fails: [`CancellationReason::item`](crate::error::CancellationReason::item).
    pub fn return_old_on_failure(mut self) -> Self {
        self.return_old_on_failure = true;
        self
    }
}

impl<M: Table> TransactWriteMember for ConditionCheck<M> {
    fn into_member(self) -> Result<WriteMember, Error> {
        let expression = Expression::builder().condition(self.condition).build()?;
        let Some(condition) = expression.condition else {
            return Err(Error::invalid(
                ValidationCause::Empty,
                "a condition check that always holds checks nothing; leave it out",
            ));
        };
        let key = self.key.to_item()?;
        let check = types::ConditionCheck::builder()
            .table_name(M::SCHEMA.name())
            .set_key(Some(key.clone()))
            .condition_expression(condition)
            .set_expression_attribute_names(expression.names)
            .set_expression_attribute_values(expression.values)
            .set_return_values_on_condition_check_failure(old_on_failure(
                self.return_old_on_failure,
            ))
            .build()
            .map_err(incomplete)?;
        let member = TransactWriteItem::builder().condition_check(check).build();
        Ok(other::<M>(key, member, self.expected))
    }
}
