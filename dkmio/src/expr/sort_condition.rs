//! `SortCondition`: what `.sk(|k| ..)` returns, of a plain sort key or of one that a template makes.

use super::key_condition::{KeyOperator, SortKey};
use crate::schema::{KeyValues, NoSortKey, SortStart, Then};

/// A finished condition on a sort key: its attributes' conditions, in their order.
#[doc(hidden)]
pub struct SortConditions(pub(crate) Vec<(KeyOperator, KeyValues)>);

/// What `.sk(|k| ..)` returns: a condition on the sort key `K`.
#[diagnostic::on_unimplemented(
    message = "this is no condition on a sort key",
    label = "end with a comparison, such as `.eq(..)` or `.ge(..)`"
)]
pub trait SortCondition<K> {
    #[doc(hidden)]
    fn into_conditions(self) -> SortConditions;
}

#[diagnostic::do_not_recommend]
impl<H, T> SortStart for Then<H, T> {
    type Start = SortKey<Self>;

    fn start() -> SortKey<Self> {
        SortKey::start()
    }
}

#[diagnostic::do_not_recommend]
impl SortStart for NoSortKey {
    type Start = SortKey<Self>;

    fn start() -> SortKey<Self> {
        SortKey::start()
    }
}

#[diagnostic::do_not_recommend]
impl<K, R> SortCondition<K> for SortKey<R> {
    fn into_conditions(self) -> SortConditions {
        SortConditions(SortKey::into_conditions(self))
    }
}
