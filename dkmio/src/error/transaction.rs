//! Transactions that were canceled.

use super::Failure;
use crate::value::Item;
use std::error::Error as StdError;
use std::fmt;

/// A write transaction that DynamoDB canceled (`TransactionCanceledException`): nothing was written.
pub struct TransactionCanceled {
    pub(super) failure: Box<Failure>,
    pub(super) reasons: Vec<CancellationReason>,
}

/// Why DynamoDB canceled a transaction, for one member.
#[derive(Clone)]
#[non_exhaustive]
pub enum CancellationReason {
    /// This member was not the reason.
    None,
    /// The member's condition was false; with the item as it is, if the member asked for it.
    ConditionFailed(Option<Box<Item>>),
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

    /// Returns the item as it is, without a model, if the condition failed and the member asked for it.
    pub fn raw_item(&self) -> Option<&Item> {
        match self {
            Self::ConditionFailed(item) => item.as_deref(),
            _ => None,
        }
    }
}

/// Without the item's values.
impl fmt::Debug for CancellationReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::ConditionFailed(_) => "ConditionFailed",
            Self::Conflict => "Conflict",
            Self::Throttled => "Throttled",
            Self::CollectionSizeLimit => "CollectionSizeLimit",
            Self::Validation(_) => "Validation",
            Self::Other(code) => code,
        })
    }
}

impl TransactionCanceled {
    pub(super) fn new(failure: Failure, reasons: Vec<CancellationReason>) -> Self {
        Self {
            failure: Box::new(failure),
            reasons,
        }
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
        let mut reasons = self
            .reasons
            .iter()
            .filter(|r| !matches!(r, CancellationReason::None));
        let mut any = false;
        reasons.all(|r| {
            any = true;
            matches!(r, CancellationReason::Conflict)
        }) && any
    }
}

impl fmt::Display for TransactionCanceled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; nothing was written", self.failure)
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
