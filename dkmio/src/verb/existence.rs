//! What a failed condition says about the existence of the item.

use crate::error::Existence;
use crate::expr::{Condition, ConditionKind};
use crate::schema::KeySchema;

impl Existence {
    /// Derives from a write's condition what its failure says about the existence of the item.
    pub(super) fn of(
        condition: Option<&Condition>,
        keys: &KeySchema,
        return_old_on_failure: bool,
    ) -> Self {
        if return_old_on_failure {
            return Self::Asked;
        }
        let (mut must_exist, mut must_not, mut others) = (false, false, false);
        let mut nodes: Vec<&Condition> = condition.into_iter().collect();
        while let Some(condition) = nodes.pop() {
            match &condition.0 {
                ConditionKind::And(all) => nodes.extend(all),
                ConditionKind::Exists(path)
                    if path.segments().is_empty() && keys.contains(path.attribute()) =>
                {
                    must_exist = true;
                }
                ConditionKind::NotExists(path)
                    if path.segments().is_empty() && keys.contains(path.attribute()) =>
                {
                    must_not = true;
                }
                _ => others = true,
            }
        }
        match (must_exist, must_not, others) {
            (true, false, false) => Self::Missing,
            (false, true, false) => Self::There,
            // Either there is no item, or another condition is false: only the returned item tells which.
            (true, false, true) => Self::Asked,
            _ => Self::Unknown,
        }
    }

    /// `true` if DynamoDB is to return the item when the condition fails.
    pub(super) fn asks(self) -> bool {
        matches!(self, Self::Asked)
    }
}
