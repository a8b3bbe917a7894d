//! How a read of an entity leaves out the other items of its table.

use super::options::ReadOptions;
use crate::expr::and;
use crate::schema::{KindCheck, Reading, Source, SourceItem, Table};
use crate::verb::kind::{key_prefixes, kind_filter, own_items};

/// How a read leaves out items of other kinds. `ReadOptions` makes it; `Prepared` takes it.
#[derive(Clone, Copy, Default)]
pub(super) struct OneKind {
    /// `true` if DynamoDB filters by the kind.
    pub(super) is_filtered: bool,
    /// The check of each item, where DynamoDB cannot tell all others.
    pub(super) check: Option<KindCheck>,
}

impl OneKind {
    /// Returns the attributes by which the kind of an item is told where DynamoDB does not.
    pub(super) fn told_by(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.check.into_iter().flat_map(|check| check.attributes())
    }
}

impl ReadOptions {
    /// Adds to the filter what leaves only items of the source's entity. Does nothing for a model that is alone in its table.
    pub(super) fn leave_one_kind<S: Source>(&mut self, filters_keys: bool) -> OneKind {
        let Some(check) = KindCheck::of(S::KINDS) else {
            return self.leave_out_own::<S>(filters_keys);
        };
        let held =
            S::INDEX.and_then(|index| index.projection().attributes(&S::Table::SCHEMA, index));
        let is_held = |name: &str| held.as_ref().is_none_or(|held| held.contains(&name));
        let filter = match check.attribute() {
            Some(attribute) if is_held(attribute) => kind_filter(check),
            _ if filters_keys => key_prefixes::<S::Table>(),
            _ => None,
        };
        let is_told = check.attribute().is_some_and(is_held) && !check.looks_at_keys();
        let is_filtered = filter.is_some();
        if let Some(filter) = filter {
            and(&mut self.filter, filter);
        }
        OneKind {
            is_filtered,
            check: (!is_told).then(|| match check.attribute() {
                Some(attribute) if !is_held(attribute) => check.by_keys(),
                _ => check,
            }),
        }
    }

    /// Adds to the filter of a scan of several kinds what leaves out dkmio's own items. They are in partitions of their own, so
    /// that no query meets them.
    fn leave_out_own<S: Source>(&mut self, filters_keys: bool) -> OneKind {
        let is_set = <S::Item as SourceItem>::Reading::READS_KINDS;
        let filter = own_items::<S::Table>().filter(|_| is_set && filters_keys);
        let is_filtered = filter.is_some();
        if let Some(filter) = filter {
            and(&mut self.filter, filter);
        }
        OneKind {
            is_filtered,
            check: None,
        }
    }
}
