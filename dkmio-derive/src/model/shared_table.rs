//! A table that several entities share, resolved.

use crate::parse::{self, IndexKind, KeyKind, KeyNames, SharedProjection, runtime};
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Ident, LitStr, Path, Visibility};

/// A shared table.
pub(crate) struct SharedTable {
    /// The module of the runtime that generated code refers to.
    pub(crate) runtime: Path,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) name: String,
    pub(crate) pk: Vec<KeyName>,
    pub(crate) sk: Vec<KeyName>,
    pub(crate) kind: Option<String>,
    pub(crate) refuses: bool,
    pub(crate) adopts: bool,
    pub(crate) ttl: Option<String>,
    pub(crate) indexes: Vec<SharedIndex>,
}

/// An attribute of a key, and what DynamoDB stores in it.
pub(crate) struct KeyName {
    pub(crate) name: String,
    pub(crate) kind: KeyKind,
}

/// An index of a shared table.
pub(crate) struct SharedIndex {
    pub(crate) accessor: String,
    pub(crate) name: String,
    pub(crate) global: bool,
    pub(crate) pk: Vec<KeyName>,
    pub(crate) sk: Vec<KeyName>,
    pub(crate) projection: SharedProjection,
}

impl SharedTable {
    /// Resolves what can be resolved; the rest has been reported.
    pub(crate) fn resolve(declared: parse::SharedTable) -> Option<Self> {
        let kind = declared.kind.map(|kind| kind.value());
        let pk = key_names(declared.pk.as_ref());
        let indexes = declared
            .indexes
            .into_iter()
            .filter_map(|index| {
                let name = index.name_in_dynamodb()?;
                let accessor = index.accessor?.unraw().to_string();
                let global = index.kind == IndexKind::Global;
                let pk = match global {
                    true => key_names(index.pk.as_ref()),
                    false => key_names(declared.pk.as_ref()),
                };
                let projection = match index.project {
                    None | Some(SharedProjection::All) => SharedProjection::All,
                    Some(SharedProjection::KeysOnly) => SharedProjection::KeysOnly,
                    Some(SharedProjection::Include(mut names)) => {
                        // The items of an entity are told by it.
                        let kind = kind.iter().map(|kind| LitStr::new(kind, Span::call_site()));
                        names.extend(kind);
                        SharedProjection::Include(names)
                    }
                };
                Some(SharedIndex {
                    name,
                    accessor,
                    global,
                    pk,
                    sk: key_names(index.sk.as_ref()),
                    projection,
                })
            })
            .collect();
        Some(Self {
            runtime: runtime(declared.krate.as_ref()),
            ident: declared.ident,
            vis: declared.vis,
            name: declared.name.map(|name| name.value()).unwrap_or_default(),
            pk,
            sk: key_names(declared.sk.as_ref()),
            kind,
            refuses: declared.refuses,
            adopts: declared.adopts.is_some(),
            ttl: declared.ttl.map(|ttl| ttl.value()),
            indexes,
        })
    }
}

fn key_names(names: Option<&KeyNames>) -> Vec<KeyName> {
    let names = names.into_iter().flat_map(|names| &names.names);
    names
        .map(|(name, kind)| KeyName {
            name: name.value(),
            kind: *kind,
        })
        .collect()
}
