//! `WriteOptions`: the condition of a put, an update or a delete, and what DynamoDB returns if the condition fails.

use crate::attr::Path;
use crate::error::Existence;
use crate::expr::{Condition, ConditionKind, and};
use crate::schema::Table;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;

/// The options that the write builders share.
#[derive(Clone, Default)]
pub(super) struct WriteOptions {
    pub(super) condition: Option<Condition>,
    pub(super) return_old_on_failure: bool,
}

impl WriteOptions {
    /// Adds a condition, joined with AND.
    pub(super) fn add(&mut self, condition: Condition) {
        and(&mut self.condition, condition);
    }

    /// Adds that there is an item with the write's key.
    pub(super) fn must_exist<M: Table>(&mut self) {
        self.add(of_key::<M>(ConditionKind::Exists));
    }

    /// Adds that there is no item with the write's key.
    pub(super) fn must_not_exist<M: Table>(&mut self) {
        self.add(of_key::<M>(ConditionKind::NotExists));
    }

    /// Returns what a failed condition says about the existence of the item.
    pub(super) fn existence<M: Table>(&self) -> Existence {
        Existence::of(self.condition.as_ref(), M::KEYS, self.return_old_on_failure)
    }
}

/// Returns a condition on the partition key. It tells whether there is an item, because every item has that key.
fn of_key<M: Table>(condition: fn(Path) -> ConditionKind) -> Condition {
    let attributes = M::KEYS.partition().iter();
    Condition::all(attributes.map(|key| Condition(condition(Path::root(key.name())))))
}

/// Returns `ReturnValuesOnConditionCheckFailure`; with `true` the error of a failed condition has the current item.
pub(super) fn old_on_failure(wanted: bool) -> Option<ReturnValuesOnConditionCheckFailure> {
    wanted.then_some(ReturnValuesOnConditionCheckFailure::AllOld)
}

/// Gives a write builder the setters of its `options: WriteOptions`.
macro_rules! conditional {
    ($builder:ident) => {
        impl<M: Table, R: Send + 'static> $builder<M, R> {
            /// Writes only if the condition holds (`ConditionExpression`); called again, joins with AND.
            ///
            /// If it does not hold, nothing is written and the error is [`Error::ConditionFailed`](crate::Error::ConditionFailed).
            pub fn condition(
                mut self,
                condition: impl FnOnce(&Attrs<M, Check<M>>) -> Condition,
            ) -> Self {
                self.options.add(condition(&Default::default()));
                self
            }

            /// Asks for the current item when the condition fails: [`ConditionFailed::item`](crate::error::ConditionFailed::item).
            pub fn return_old_on_failure(mut self) -> Self {
                self.options.return_old_on_failure = true;
                self
            }
        }
    };
}
pub(super) use conditional;
