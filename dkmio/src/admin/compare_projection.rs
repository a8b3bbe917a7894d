//! Compares what an index projects with its model.

use super::difference::{Difference, Projected};
use crate::schema::IndexProjection;
use aws_sdk_dynamodb::types::{Projection, ProjectionType};
use std::collections::BTreeSet;

/// Compares what an index holds in addition to its keys.
pub(super) fn compare_projection(
    index: &str,
    expected: IndexProjection,
    found: Option<&Projection>,
    is_key: impl Fn(&str) -> bool,
) -> Option<Difference> {
    let expected = match expected {
        IndexProjection::All => Projected::All,
        IndexProjection::KeysOnly => Projected::Only(BTreeSet::new()),
        IndexProjection::Include(names) => {
            Projected::Only(names.iter().map(|name| (*name).to_owned()).collect())
        }
    };
    let found = projected(found, is_key);
    (expected != found).then(|| Difference::Projection {
        index: index.to_owned(),
        expected,
        found,
    })
}

/// Returns the attributes that the index holds in addition to the keys, which an index of DynamoDB may include once
/// more.
fn projected(projection: Option<&Projection>, is_key: impl Fn(&str) -> bool) -> Projected {
    let others = match projection.and_then(Projection::projection_type) {
        Some(ProjectionType::All) => return Projected::All,
        Some(ProjectionType::Include) => projection.map(Projection::non_key_attributes),
        _ => None,
    };
    let others = others.unwrap_or_default().iter();
    let others = others.filter(|other| !is_key(other));
    Projected::Only(others.cloned().collect())
}
