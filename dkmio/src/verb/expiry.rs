//! What reads by key fetch besides the selected attributes: the time to live for `exclude_expired`, because DynamoDB deletes
//! expired items late, and the kind of an item.

use crate::attr::Path;
use crate::expr::Projection;
use crate::schema::{KindCheck, Table};
use crate::value::{Item, has_expired};

/// Returns the projection of the selected attributes, of the time to live if expired items are dropped, and of what tells
/// the kind of an item.
pub(super) fn projection<M: Table>(paths: &[Path], exclude_expired: bool) -> Projection {
    let ttl = M::SCHEMA
        .ttl()
        .filter(|_| exclude_expired && !paths.is_empty())
        .map(Path::root);
    let kind = KindCheck::of(M::KINDS_OF_MODEL).filter(|_| !paths.is_empty());
    let kind = kind.into_iter().flat_map(|kind| kind.attributes());
    let kind: Vec<Path> = kind.map(Path::root).collect();
    Projection::covering(paths.iter().chain(&ttl).chain(&kind))
}

/// `false` if the item's time to live has passed.
pub(super) fn is_alive<M: Table>(item: &Item) -> bool {
    !M::SCHEMA.ttl().is_some_and(|ttl| has_expired(item, ttl))
}
