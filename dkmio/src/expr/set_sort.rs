//! `SetSort`: the sort key condition of a query of several kinds of items.

use super::condition::Comparator;
use super::key_condition::KeyOperator;
use super::sort_condition::{SortCondition, SortConditions};
use crate::schema::{SortStart, Source, bounds};
use crate::value::AttributeValue;
use std::marker::PhantomData;

/// A condition on the sort key of one entity, in a query of a set whose sort key is `K`.
#[doc(hidden)]
pub struct SetSort<K> {
    conditions: SortConditions,
    key: PhantomData<K>,
}

impl<K> SetSort<K> {
    /// Makes the condition of the entity `E`. A key that is compared whole also finds what is below it: the lines of an
    /// order with the order.
    pub fn of<E: Source, C: SortCondition<E::Sk>>(
        condition: impl FnOnce(<E::Sk as SortStart>::Start) -> C,
    ) -> Self {
        let SortConditions(mut conditions) = condition(E::Sk::start()).into_conditions();
        if let [(operator @ KeyOperator::Compare(Comparator::Eq), Ok(values))] =
            conditions.as_mut_slice()
            && let [AttributeValue::S(key)] = values.as_slice()
        {
            let below = bounds::through(key.clone(), Some('#'));
            values.push(AttributeValue::S(below));
            *operator = KeyOperator::Between;
        }
        Self {
            conditions: SortConditions(conditions),
            key: PhantomData,
        }
    }
}

impl<K> SortCondition<K> for SetSort<K> {
    fn into_conditions(self) -> SortConditions {
        self.conditions
    }
}
