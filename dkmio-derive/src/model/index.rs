//! One index of a table.

use super::{Attribute, reserved};
use crate::parse::{self, IndexKind, ProjectWord};
use crate::rename::{pascal, with_hyphens};
use std::collections::HashSet;
use syn::Ident;
use syn::ext::IdentExt;

/// An index. Attributes are given by their position in the table.
pub(crate) struct Index {
    pub(crate) accessor: Ident,
    /// The accessor without `r#`.
    pub(crate) accessor_name: String,
    pub(crate) name: String,
    pub(crate) global: bool,
    pub(crate) pk: Vec<usize>,
    pub(crate) sk: Vec<usize>,
    pub(crate) projected: Projected,
}

/// What an index holds in addition to its keys and the table's.
pub(crate) enum Projected {
    All,
    KeysOnly,
    Include(Vec<usize>),
}

impl Projected {
    /// Resolves what an index projects.
    pub(super) fn of(project: &[(Ident, ProjectWord)], attributes: &[Attribute]) -> Self {
        let find = |name: &Ident| attributes.iter().position(|a| a.ident == *name);
        match project.first() {
            None | Some((_, ProjectWord::All)) => Self::All,
            Some((_, ProjectWord::KeysOnly)) => Self::KeysOnly,
            Some((_, ProjectWord::Include(fields))) => {
                Self::Include(fields.iter().filter_map(find).collect())
            }
        }
    }
}

impl Index {
    /// Resolves an index against the table's attributes; returns `None` if it lacks something, which has been reported.
    pub(super) fn resolve(
        index: &parse::Index,
        attributes: &[Attribute],
        table_pk: usize,
    ) -> Option<Self> {
        let find = |name: &Ident| {
            attributes
                .iter()
                .position(|attribute| attribute.ident == *name)
        };
        let named = |key: Option<&parse::IndexKey>| {
            key.map_or(Some(Vec::new()), |key| {
                key.fields.iter().map(find).collect()
            })
        };
        let on_field = match &index.on_field {
            Some(field) => Some(find(field)?),
            None => None,
        };
        let (mut pk, mut sk): (Vec<usize>, Vec<usize>) =
            (named(index.pk.as_ref())?, named(index.sk.as_ref())?);
        let global = index.kind == IndexKind::Global;
        if global {
            pk.extend(on_field);
        } else {
            pk = vec![table_pk];
            sk.extend(on_field);
        }
        if pk.is_empty() || (!global && sk.is_empty()) {
            return None;
        }
        let accessor = index_accessor(index)?;
        Some(Self {
            accessor_name: accessor.unraw().to_string(),
            name: index_name(index)?,
            accessor,
            global,
            pk,
            sk,
            projected: Projected::of(&index.project, attributes),
        })
    }

    /// Returns the accessor as part of a type's name: `ByStatus`.
    pub(crate) fn pascal(&self) -> String {
        pascal(&self.accessor_name)
    }

    pub(crate) fn is_key(&self, attribute: usize) -> bool {
        self.pk.contains(&attribute) || self.sk.contains(&attribute)
    }

    pub(crate) fn projects_everything(&self) -> bool {
        matches!(self.projected, Projected::All)
    }
}

/// Returns the function that reads the index: the first word, or for an `#[lsi]` on a field `by_` and its name.
pub(crate) fn index_accessor(index: &parse::Index) -> Option<Ident> {
    let implied = |field: &Ident| Ident::new(&format!("by_{}", field.unraw()), field.span());
    match (&index.accessor, &index.on_field, index.kind) {
        (Some(accessor), ..) => Some(accessor.clone()),
        (None, Some(field), IndexKind::Local) => Some(implied(field)),
        _ => None,
    }
}

/// Returns the index's name in DynamoDB: `name`, or the accessor with hyphens.
pub(crate) fn index_name(index: &parse::Index) -> Option<String> {
    let implied = || index_accessor(index).as_ref().map(with_hyphens);
    index
        .name
        .as_ref()
        .map(|name| name.value())
        .or_else(implied)
}

/// Keeps the indexes whose accessors can all be made: the others have been reported.
pub(super) fn distinct<T>(indexes: Vec<T>, index: impl Fn(&T) -> &Index) -> Vec<T> {
    let mut seen = HashSet::new();
    indexes
        .into_iter()
        .filter(|item| {
            let index = index(item);
            reserved().all(|name| name != index.accessor_name) && seen.insert(index.pascal())
        })
        .collect()
}
