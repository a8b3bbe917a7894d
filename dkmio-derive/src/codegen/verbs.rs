//! The functions of a table: `Orders::get(..)` and so on, and one for each index.

use super::obligations::key_type;
use super::{doc, quiet};
use crate::model::{Entity, Index, KeySource, Table, Verb};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

pub(super) fn verbs(table: &Table) -> TokenStream {
    let (ident, quiet) = (&table.ident, quiet());
    let verbs = Verb::ALL.iter().map(|verb| emit(*verb, table));
    let indexes = table
        .indexes
        .iter()
        .map(|index| index_accessor(table, index));
    let vector_indexes = table.vector_indexes.iter();
    let vector_indexes = vector_indexes.map(|index| super::vector_index::accessor(table, index));
    quote! {
        #[automatically_derived]
        #quiet
        impl #ident { #(#verbs)* #(#indexes)* #(#vector_indexes)* }
    }
}

fn emit(verb: Verb, table: &Table) -> TokenStream {
    let name = format_ident!("{}", verb.name());
    let emit = match verb {
        Verb::Get => get,
        Verb::Put => put,
        Verb::Update => update,
        Verb::Delete => delete,
        Verb::Query => query,
        Verb::Scan => scan,
        Verb::BatchGet => batch_get,
        Verb::BatchGetStream => batch_get_stream,
        Verb::BatchWrite => batch_write,
        Verb::ConditionCheck => condition_check,
        Verb::Key => key,
        Verb::Diff => diff,
        Verb::Replace => replace,
        Verb::Save if !table.lifecycle.is_any() => return TokenStream::new(),
        Verb::Save => save,
        Verb::Unchanged if table.lifecycle.version.is_none() => return TokenStream::new(),
        Verb::Unchanged => unchanged,
    };
    emit(table, &name)
}

fn get(table: &Table, name: &Ident) -> TokenStream {
    by_key(
        table,
        name,
        &quote!(Get),
        "Reads one item by its full key, `{key}`: `GetItem`.",
    )
}

fn update(table: &Table, name: &Ident) -> TokenStream {
    locked(
        table,
        name,
        &quote!(Update),
        match table.entity {
            Some(_) => {
                "Changes attributes of one item by its full key, `{key}`, and the keys that are made of them: `UpdateItem`. Without `.or_create()` there must be such an item."
            }
            None => {
                "Changes attributes of one item by its full key, `{key}`: `UpdateItem`. Without `.if_exists()` it makes the item if there is none."
            }
        },
    )
}

fn delete(table: &Table, name: &Ident) -> TokenStream {
    locked(
        table,
        name,
        &quote!(Delete),
        "Deletes one item by its full key, `{key}`: `DeleteItem`.",
    )
}

/// Emits an update or a delete. An item that is given as the key is that of its version.
fn locked(table: &Table, name: &Ident, builder: &TokenStream, text: &str) -> TokenStream {
    if table.lifecycle.version.is_none() {
        return by_key(table, name, builder, text);
    }
    let (runtime, vis, ident, into_key) =
        (&table.runtime, &table.vis, &table.ident, table.key_trait());
    let doc = doc(format!(
        "{} Given an item, it checks that the item still has its version; given a key, it does not.",
        text.replace("{key}", &table.key_as_written())
    ));
    quote! {
        #doc
        #[inline]
        #vis fn #name(key: impl #into_key) -> #runtime::#builder<#ident> {
            let version = #into_key::expected_version(&key);
            #runtime::#builder::new(key, #into_key::encode_key).expecting(version)
        }
    }
}

fn by_key(table: &Table, name: &Ident, builder: &TokenStream, text: &str) -> TokenStream {
    let (runtime, vis, ident, into_key) =
        (&table.runtime, &table.vis, &table.ident, table.key_trait());
    let doc = doc(text.replace("{key}", &table.key_as_written()));
    quote! {
        #doc
        #[inline]
        #vis fn #name(key: impl #into_key) -> #runtime::#builder<#ident> {
            #runtime::#builder::new(key, #into_key::encode_key)
        }
    }
}

fn put(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, ident) = (&table.runtime, &table.vis, &table.ident);
    let doc = doc(
        "Writes one item whole: `PutItem`. Without `.if_not_exists()` it replaces the item with the same key.",
    );
    quote! {
        #doc
        #[inline]
        #vis fn #name(item: &#ident) -> #runtime::Put<#ident> { #runtime::Put::new(item) }
    }
}

fn query(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, ident) = (&table.runtime, &table.vis, &table.ident);
    if let Some(entity) = &table.entity {
        return entity_query(table, entity, name);
    }
    let pk = &table.attributes[table.key.pk];
    let sorted = table.key.sk.map_or_else(String::new, |sk| {
        let name = &table.attributes[sk].name;
        format!(" `.sk(|k| ..)` narrows them by `{name}`.")
    });
    let (ty, doc) = (
        key_type(pk),
        doc(format!(
            "Reads the items with one partition key, `{}`: `Query`.{sorted}",
            pk.name
        )),
    );
    quote! {
        #doc
        #[inline]
        #vis fn #name(partition: impl #runtime::KeyValue<#ty>) -> #runtime::Query<#ident> { #runtime::Query::new(partition) }
    }
}

fn entity_query(table: &Table, entity: &Entity, name: &Ident) -> TokenStream {
    let (runtime, vis, ident) = (&table.runtime, &table.vis, &table.ident);
    let members = entity.partition_members();
    let sorted = entity
        .sort
        .as_ref()
        .map(KeySource::members)
        .unwrap_or_default();
    let sorted = match sorted.is_empty() {
        true => String::new(),
        false => format!(" `.sk(|k| ..)` narrows them by {}.", table.ticked(&sorted)),
    };
    let doc = doc(format!(
        "Reads the items of this kind in one partition, which {} names: `Query`.{sorted}",
        match members.is_empty() {
            true => "`()`".to_owned(),
            false => table.ticked(&members),
        }
    ));
    let (pk, _) = super::index::entity_key_types(table, entity, None);
    quote! {
        #doc
        #[inline]
        #vis fn #name(partition: impl #runtime::KeyValue<#pk>) -> #runtime::Query<#ident> { #runtime::Query::new(partition) }
    }
}

fn scan(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, ident) = (&table.runtime, &table.vis, &table.ident);
    let doc = doc("Reads all items: `Scan`. It costs what the whole table holds.");
    quote! {
        #doc
        #[inline]
        #vis fn #name() -> #runtime::Scan<#ident> { #runtime::Scan::new() }
    }
}

fn batch_get(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, ident, into_key) =
        (&table.runtime, &table.vis, &table.ident, table.key_trait());
    let doc = doc("Reads many items by their full keys, in the order of the keys: `BatchGetItem`.");
    quote! {
        #doc
        #[inline]
        #vis fn #name<__Key: #into_key>(
            keys: impl #runtime::std::iter::IntoIterator<Item = __Key>,
        ) -> #runtime::BatchGet<#ident> {
            #runtime::BatchGet::of(keys, #into_key::encode_key)
        }
    }
}

fn batch_get_stream(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, ident, into_key) =
        (&table.runtime, &table.vis, &table.ident, table.key_trait());
    let doc = doc(
        "Reads items by a stream of their full keys, for more keys than fit in memory: `BatchGetItem`.",
    );
    quote! {
        #doc
        #[inline]
        #vis fn #name<'__keys, __Key: #into_key + '__keys>(
            keys: impl #runtime::Stream<Item = __Key> + #runtime::std::marker::Send + '__keys,
        ) -> #runtime::BatchGetStream<'__keys, #ident> {
            #runtime::BatchGetStream::new(keys, #into_key::encode_key)
        }
    }
}

fn batch_write(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, ident) = (&table.runtime, &table.vis, &table.ident);
    let doc = doc("Puts and deletes many items, without conditions: `BatchWriteItem`.");
    quote! {
        #doc
        #[inline]
        #vis fn #name() -> #runtime::BatchWrite<#ident> { #runtime::BatchWrite::new() }
    }
}

fn condition_check(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, ident, into_key, attrs) = (
        &table.runtime,
        &table.vis,
        &table.ident,
        table.key_trait(),
        table.sibling("Attrs"),
    );
    let doc = doc(
        "Checks a condition on an item that a transaction does not write: `ConditionCheck` of `TransactWriteItems`.",
    );
    quote! {
        #doc
        #[inline]
        #vis fn #name(
            key: impl #into_key,
            condition: impl #runtime::std::ops::FnOnce(&#attrs<#runtime::Check<#ident>>) -> #runtime::Condition,
        ) -> #runtime::ConditionCheck<#ident> {
            #runtime::ConditionCheck::new(key, #into_key::encode_key, condition)
        }
    }
}

fn key(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, key) = (&table.runtime, &table.vis, table.sibling("Key"));
    let doc = doc("Returns the item's primary key.");
    quote! {
        #doc
        #[inline]
        #vis fn #name(&self) -> #key { #runtime::std::convert::From::from(self) }
    }
}

fn diff(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, into_key) = (&table.runtime, &table.vis, table.key_trait());
    let doc = doc(
        "Returns the update that turns the item `before` into `after`: it sets what differs, and `None` if nothing does.",
    );
    quote! {
        #doc
        #vis fn #name(before: &Self, after: &Self) -> #runtime::std::result::Result<#runtime::std::option::Option<#runtime::Update<Self>>, #runtime::Error>
        where for<'__item> &'__item Self: #into_key,
        {
            #runtime::Update::between(before, after, #into_key::encode_key)
        }
    }
}

fn replace(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, into_key) = (&table.runtime, &table.vis, table.key_trait());
    let doc = doc(
        "Puts the item `after` in place of `before`, which must be as it was read; the key may differ: `PutItem`, or `TransactWriteItems`.",
    );
    quote! {
        #doc
        #vis fn #name(before: &Self, after: &Self) -> #runtime::Replace<Self>
        where for<'__item> &'__item Self: #into_key,
        {
            #runtime::Replace::new(before, after, #into_key::encode_key)
        }
    }
}

fn save(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis) = (&table.runtime, &table.vis);
    let doc = doc(
        "Writes the item whole and leaves in `item` what was written of its version and times: `PutItem`.",
    );
    quote! {
        #doc
        #[inline]
        #vis fn #name(item: &mut Self) -> #runtime::Save<'_, Self> { #runtime::Save::new(item) }
    }
}

fn unchanged(table: &Table, name: &Ident) -> TokenStream {
    let (runtime, vis, into_key) = (&table.runtime, &table.vis, table.key_trait());
    let doc = doc(
        "Checks that the item still has its version, in a transaction that does not write it: `ConditionCheck` of `TransactWriteItems`.",
    );
    quote! {
        #doc
        #vis fn #name(item: &Self) -> #runtime::ConditionCheck<Self>
        where for<'__item> &'__item Self: #into_key,
        {
            #runtime::ConditionCheck::unchanged(item, #into_key::encode_key)
        }
    }
}

fn index_accessor(table: &Table, index: &Index) -> TokenStream {
    let (runtime, vis, module, accessor) =
        (&table.runtime, &table.vis, table.module(), &index.accessor);
    let docs = index_docs(table, index);
    quote! {
        #docs
        #[inline]
        #vis fn #accessor() -> #runtime::Index<#module::index::#accessor> { #runtime::Index::new() }
    }
}

/// Returns the index's name and keys, and what its items hold.
fn index_docs(table: &Table, index: &Index) -> TokenStream {
    let kind = if index.global { "global" } else { "local" };
    let sorted = if index.sk.is_empty() {
        String::new()
    } else {
        format!(", sort key {}", table.ticked(&index.sk))
    };
    let keys = doc(format!(
        "The {kind} index `{}`: partition key {}{sorted}.",
        index.name,
        table.ticked(&index.pk)
    ));
    let projects = doc(match table.item(index) {
        None => format!(
            "It projects everything: its items are [`{}`].",
            table.struct_name()
        ),
        Some(item) => format!(
            "It projects {}: its items are [`{item}`].",
            table.ticked(&table.held(index))
        ),
    });
    let optional: Vec<usize> = index
        .pk
        .iter()
        .chain(&index.sk)
        .copied()
        .filter(|key| table.attributes[*key].is_optional())
        .collect();
    let sparse = (!optional.is_empty()).then(|| {
        let doc = doc(format!(
            "It is sparse: only items with {} are in it.",
            table.ticked(&optional)
        ));
        quote!(#[doc = ""] #doc)
    });
    quote!(#keys #[doc = ""] #projects #sparse)
}
