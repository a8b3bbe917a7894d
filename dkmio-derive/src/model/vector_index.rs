//! One vector index of a table.

use super::{Attribute, Index, Projected};
use crate::parse::{self, Distance, ProjectWord};
use crate::rename::with_hyphens;
use syn::Ident;
use syn::ext::IdentExt;

/// A vector index. Attributes are given by their position in the table.
pub(crate) struct VectorIndex {
    /// What it projects; its partition key is what searches narrow by: the partition attribute and the filters.
    pub(crate) index: Index,
    /// The same, without the vectors: what DynamoDB sends of a found item.
    pub(crate) sent: Index,
    /// The attribute with the vectors.
    pub(crate) on: usize,
    pub(crate) dimensions: u32,
    pub(crate) distance: Distance,
    pub(crate) pk: Option<usize>,
    pub(crate) filters: Vec<usize>,
}

impl VectorIndex {
    /// Resolves an index against the table's attributes; returns `None` if it lacks something, which has been reported.
    pub(super) fn resolve(
        declared: &parse::VectorIndex,
        attributes: &[Attribute],
        table_key: &[usize],
    ) -> Option<Self> {
        let find = |name: &Ident| {
            attributes
                .iter()
                .position(|attribute| attribute.ident == *name)
        };
        let on = find(declared.on.as_ref()?)?;
        let pk = match &declared.pk {
            Some(pk) => Some(find(pk)?),
            None => None,
        };
        let filters: Vec<usize> = declared.filters.iter().filter_map(find).collect();
        let keys: Vec<usize> = pk.iter().chain(&filters).copied().collect();
        let projected = match declared.project.first() {
            None | Some((_, ProjectWord::All)) => Projected::All,
            Some((_, ProjectWord::KeysOnly)) => Projected::KeysOnly,
            Some((_, ProjectWord::Include(fields))) => {
                Projected::Include(fields.iter().filter_map(find).collect())
            }
        };
        let is_key = |attribute: &usize| keys.contains(attribute) || table_key.contains(attribute);
        let sent = (0..attributes.len())
            .filter(|attribute| *attribute != on && !is_key(attribute))
            .filter(|attribute| match &projected {
                Projected::All => true,
                Projected::KeysOnly => false,
                Projected::Include(named) => named.contains(attribute),
            });
        let sent = Projected::Include(sent.collect());
        let accessor = declared.accessor.as_ref()?;
        let name = vector_index_name(declared)?;
        let index = |projected| Index {
            accessor: accessor.clone(),
            accessor_name: accessor.unraw().to_string(),
            name: name.clone(),
            global: true,
            pk: keys.clone(),
            sk: Vec::new(),
            projected,
        };
        Some(Self {
            index: index(projected),
            sent: index(sent),
            on,
            dimensions: declared.dimensions.as_ref()?.base10_parse().ok()?,
            distance: declared.distance?,
            pk,
            filters,
        })
    }
}

/// Returns the index's name in DynamoDB: `name`, or the accessor with hyphens.
pub(crate) fn vector_index_name(index: &parse::VectorIndex) -> Option<String> {
    let implied = || index.accessor.as_ref().map(with_hyphens);
    index
        .name
        .as_ref()
        .map(|name| name.value())
        .or_else(implied)
}
