//! `exclude_expired` of reads by key: DynamoDB deletes expired items late, so that dkmio drops them.

use crate::attr::Path;
use crate::expr::Projection;
use crate::schema::Table;
use crate::value::{Item, has_expired};

/// Returns the projection of the selected attributes, and of the time to live if expired items are dropped.
pub(super) fn projection<M: Table>(paths: &[Path], exclude_expired: bool) -> Projection {
    let ttl = M::SCHEMA
        .ttl()
        .filter(|_| exclude_expired && !paths.is_empty())
        .map(Path::root);
    Projection::covering(paths.iter().chain(&ttl))
}

/// `false` if the item's time to live has passed.
pub(super) fn is_alive<M: Table>(item: &Item) -> bool {
    !M::SCHEMA.ttl().is_some_and(|ttl| has_expired(item, ttl))
}
