//! `WriteOptions`: the condition of a put, an update or a delete, and what DynamoDB returns if the condition fails.

use crate::attr::{DynAttr, Path};
use crate::error::{Error, Existence, ExpectedVersion};
use crate::expr::{Condition, ConditionKind, Term, and};
use crate::schema::{Table, version_value};
use crate::value::Version;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;

/// The options that the write builders share.
#[derive(Clone, Default)]
pub(super) struct WriteOptions {
    pub(super) condition: Option<Condition>,
    pub(super) return_old_on_failure: bool,
    /// The version that the item must have; `None` if it may have any.
    pub(super) expected: Option<ExpectedVersion>,
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

    /// Adds that the item has this version, if the model has versions.
    pub(super) fn expect<M: Table>(&mut self, version: Option<Version>) {
        let attribute = M::SCHEMA.lifecycle().version;
        self.expected = attribute
            .zip(version)
            .map(|(attribute, version)| ExpectedVersion { attribute, version });
    }

    /// Returns what a failed condition says about the existence of the item.
    pub(super) fn existence<M: Table>(&self) -> Existence {
        Existence::of(self.condition.as_ref(), M::KEYS, self.wants_old())
    }

    /// Returns whether the error of a failed condition is to have the item. It tells another version from a condition of the
    /// user's.
    fn wants_old(&self) -> bool {
        self.return_old_on_failure || self.expected.is_some()
    }

    /// Returns the whole condition: the expected version, and what the user asks for.
    pub(super) fn whole_condition(&self) -> Option<Condition> {
        let mut whole = self.expected.map(has_version);
        if let Some(condition) = self.condition.clone() {
            and(&mut whole, condition);
        }
        whole
    }
}

/// Completes the error of a write: says whether there was an item, and whether it had another version.
pub(super) fn failed_as(
    error: Error,
    existence: Existence,
    expected: Option<ExpectedVersion>,
) -> Error {
    error.telling(existence).of_version(expected)
}

/// Returns the condition that an item has the version. An item that is new has none.
pub(super) fn has_version(expected: ExpectedVersion) -> Condition {
    let attribute = DynAttr::from(Path::root(expected.attribute));
    match expected.version {
        Version::NEW => attribute.not_exists(),
        version => attribute.eq(Term::attribute_value(version_value(version))),
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

            /// Does not check the version of the item that the write was given; the write moves it all the same.
            pub fn unlocked(mut self) -> Self
            where
                M: HasVersion,
            {
                self.options.expected = None;
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
