//! The error of a canceled transaction, with a reason for each member.

use super::Failure;
use super::versions::{ExpectedVersion, Versions};
use crate::value::Item;
use std::error::Error as StdError;
use std::fmt;

/// A write transaction that DynamoDB canceled (`TransactionCanceledException`): nothing was written.
pub struct TransactionCanceled {
    pub(super) failure: Box<Failure>,
    pub(super) reasons: Vec<CancellationReason>,
    /// One for each reason, once the transaction has named its members.
    members: Vec<MemberName>,
}

/// What a member of a transaction is, without its item.
#[derive(Clone, Debug)]
pub(crate) struct MemberName {
    pub(crate) table: String,
    pub(crate) operation: &'static str,
    pub(crate) label: Option<String>,
    /// The version that the member expects its item to have.
    pub(crate) expected: Option<ExpectedVersion>,
}

/// A member of a canceled transaction, and why the transaction was canceled for it.
#[derive(Clone, Copy, Debug)]
pub struct CanceledMember<'a> {
    index: usize,
    reason: &'a CancellationReason,
    name: &'a MemberName,
}

impl<'a> CanceledMember<'a> {
    /// Returns the index of the member in the transaction, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Returns the reason; [`CancellationReason::None`] if the transaction was not canceled for this member.
    pub fn reason(&self) -> &'a CancellationReason {
        self.reason
    }

    /// Returns the name of the member's table, as DynamoDB has it.
    pub fn table(&self) -> &'a str {
        &self.name.table
    }

    /// Returns what the member does: `Put`, `Update`, `Delete`, `ConditionCheck` or `Get`.
    pub fn operation(&self) -> &'static str {
        self.name.operation
    }

    /// Returns the label that the transaction gave the member.
    pub fn label(&self) -> Option<&'a str> {
        self.name.label.as_deref()
    }
}

/// Why DynamoDB canceled a transaction: the reason that it gave for one member.
#[derive(Clone)]
#[non_exhaustive]
pub enum CancellationReason {
    /// This member was not the reason.
    None,
    /// The member's condition was false; with the item as it is, if the member asked for it.
    ConditionFailed(Option<Box<Item>>),
    /// The item has another version than the one that the member was given; with the item as it is, if there is one.
    VersionConflict(Versions, Option<Box<Item>>),
    /// Another transaction on the item is under way.
    Conflict,
    /// The member was throttled.
    Throttled,
    /// The partition of the item is over 10 GB.
    CollectionSizeLimit,
    /// The member is not valid, with what DynamoDB said.
    Validation(String),
    /// Any other code.
    Other(String),
}

impl CancellationReason {
    pub(super) fn of(reason: aws_sdk_dynamodb::types::CancellationReason) -> Self {
        let message = reason.message.unwrap_or_default();
        match reason.code.as_deref().unwrap_or("None") {
            "None" => Self::None,
            "ConditionalCheckFailed" => Self::ConditionFailed(reason.item.map(Box::new)),
            "TransactionConflict" => Self::Conflict,
            "ProvisionedThroughputExceeded" | "ThrottlingError" => Self::Throttled,
            "ItemCollectionSizeLimitExceeded" => Self::CollectionSizeLimit,
            "ValidationError" => Self::Validation(message),
            other => Self::Other(other.to_owned()),
        }
    }

    /// Returns whether the member's condition was false.
    pub fn is_condition_failed(&self) -> bool {
        matches!(self, Self::ConditionFailed(_))
    }

    /// Returns whether the item has another version than the one that the member was given.
    pub fn is_version_conflict(&self) -> bool {
        matches!(self, Self::VersionConflict(..))
    }

    /// Returns whether another transaction on the member's item is under way.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict)
    }

    /// Returns whether the member was throttled.
    pub fn is_throttled(&self) -> bool {
        matches!(self, Self::Throttled)
    }

    /// Returns whether the partition of the member's item is over 10 GB.
    pub fn is_collection_size_limit(&self) -> bool {
        matches!(self, Self::CollectionSizeLimit)
    }

    /// Returns whether the member is not valid.
    pub fn is_validation(&self) -> bool {
        matches!(self, Self::Validation(_))
    }

    /// Returns whether this member was not the reason that the transaction was canceled for.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Returns the item as it is, without a model, if the condition failed and the member asked for it.
    pub fn raw_item(&self) -> Option<&Item> {
        match self {
            Self::ConditionFailed(item) | Self::VersionConflict(_, item) => item.as_deref(),
            _ => None,
        }
    }
}

/// Prints no values of the item.
impl fmt::Debug for CancellationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::ConditionFailed(_) => "ConditionFailed",
            Self::VersionConflict(..) => "VersionConflict",
            Self::Conflict => "Conflict",
            Self::Throttled => "Throttled",
            Self::CollectionSizeLimit => "CollectionSizeLimit",
            Self::Validation(_) => "Validation",
            Self::Other(code) => code,
        })
    }
}

impl TransactionCanceled {
    pub(crate) fn new(failure: Failure, reasons: Vec<CancellationReason>) -> Self {
        Self {
            failure: Box::new(failure),
            reasons,
            members: Vec::new(),
        }
    }

    /// Adds the names of the members.
    pub(crate) fn naming(mut self, members: impl IntoIterator<Item = MemberName>) -> Self {
        self.members = members.into_iter().collect();
        let reasons = std::mem::take(&mut self.reasons);
        let expected = self.members.iter().map(|member| member.expected);
        let expected = expected.chain(std::iter::repeat(None));
        let reasons = reasons.into_iter().zip(expected);
        self.reasons = reasons
            .map(|(reason, expected)| reason.of_version(expected))
            .collect();
        self
    }

    /// Iterates over the members with their reasons, in the order of the members.
    ///
    /// # Examples
    ///
    /// ```
    /// use dkmio::error::TransactionCanceled;
    ///
    /// fn why(canceled: &TransactionCanceled) -> String {
    ///     let failed = canceled.members().filter(|member| !member.reason().is_none());
    ///     let failed = failed.map(|member| match member.label() {
    ///         Some(label) => format!("{label}: {:?}", member.reason()),
    ///         None => format!("{} on {}: {:?}", member.operation(), member.table(), member.reason()),
    ///     });
    ///     failed.collect::<Vec<_>>().join(", ")
    /// }
    /// # let _ = why;
    /// ```
    pub fn members(&self) -> impl Iterator<Item = CanceledMember<'_>> {
        let named = self.reasons.iter().zip(&self.members).enumerate();
        named.map(|(index, (reason, name))| CanceledMember {
            index,
            reason,
            name,
        })
    }

    /// Returns the member that has this label.
    pub fn member(&self, label: &str) -> Option<CanceledMember<'_>> {
        self.members().find(|member| member.label() == Some(label))
    }

    /// Returns a reason for each member, in the order of the members.
    pub fn reasons(&self) -> &[CancellationReason] {
        &self.reasons
    }

    /// Returns what DynamoDB said.
    pub fn message(&self) -> &str {
        &self.failure.message
    }

    /// Returns whether conflicts with other transactions are the only reasons, so that it may succeed when sent again.
    pub fn is_conflict(&self) -> bool {
        self.is_only(|reason| matches!(reason, CancellationReason::Conflict))
    }

    /// Returns whether every reason passes: conflicts and throttling.
    pub(super) fn is_passing(&self) -> bool {
        self.is_only(|reason| {
            matches!(
                reason,
                CancellationReason::Conflict | CancellationReason::Throttled
            )
        })
    }

    pub(super) fn is_throttled(&self) -> bool {
        let mut reasons = self.reasons.iter();
        reasons.any(|reason| matches!(reason, CancellationReason::Throttled))
    }

    /// Returns whether there are reasons and `is_such` holds for all of them.
    fn is_only(&self, is_such: impl Fn(&CancellationReason) -> bool) -> bool {
        let mut reasons = self
            .reasons
            .iter()
            .filter(|reason| !matches!(reason, CancellationReason::None))
            .peekable();
        reasons.peek().is_some() && reasons.all(is_such)
    }
}

impl fmt::Display for TransactionCanceled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = if self.failure.writes {
            "written"
        } else {
            "read"
        };
        write!(f, "{}; nothing was {done}", self.failure)
    }
}

impl fmt::Debug for TransactionCanceled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransactionCanceled")
            .field("failure", &self.failure)
            .field("reasons", &self.reasons)
            .finish()
    }
}

impl StdError for TransactionCanceled {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.failure.source.as_ref().map(|e| &**e as _)
    }
}
