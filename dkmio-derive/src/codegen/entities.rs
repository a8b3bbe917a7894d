//! Emits what belongs to an enum of entities: how items are read as it, its query and scan, and `AccountParts`.

use super::{changes, doc, quiet};
use crate::model::{Entities, EntityVariant, field_of};
use crate::visibility;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Path};

/// Emits everything that belongs to a set.
pub(crate) fn entities(set: &Entities) -> TokenStream {
    let assertions = assertions(set);
    let source = source(set);
    let reading = reading(set);
    let attrs = attrs(set);
    let sort = set.collection.then(|| sort(set));
    let verbs = verbs(set);
    let parts = parts(set);
    let changes = changes::changes(set);
    quote!(#assertions #source #reading #attrs #sort #verbs #parts #changes)
}

/// Returns the schema of an entity.
fn schema(runtime: &Path, entity: &EntityVariant) -> TokenStream {
    let ty = &entity.ty;
    quote!(<#ty as #runtime::Table>::SCHEMA)
}

fn source(set: &Entities) -> TokenStream {
    let Entities {
        runtime,
        ident,
        of,
        entities,
        ..
    } = set;
    let schemas: Vec<_> = entities
        .iter()
        .map(|entity| schema(runtime, entity))
        .collect();
    let first = &schemas[0];
    let (pk, sk) = match (set.collection, entities.first()) {
        (true, Some(EntityVariant { ty, .. })) => {
            let module = set.module();
            (
                quote!(<#ty as #runtime::Source>::Pk),
                quote!(#module::sk::Sk),
            )
        }
        _ => (quote!(()), quote!(#runtime::NoSortKey)),
    };
    let kinds = match set.skips_unknown {
        true => quote!(<Self as #runtime::EntitySet>::ENTITIES),
        false => quote!(&[]),
    };
    let others = match (&set.other, set.skips_unknown) {
        (Some(_), _) => quote!(Taken),
        (None, true) => quote!(Skipped),
        (None, false) => quote!(Refused),
    };
    let (name, attrs) = (ident.to_string(), set.sibling("Attrs"));
    let read = read(set);
    let (key, read_key) = (set.sibling("Key"), changes::read_key(set));
    let has_sort_key = set
        .collection
        .then(|| quote!(#[automatically_derived] impl #runtime::HasSortKey for #ident {}));
    quote! {
        #[automatically_derived]
        impl #runtime::EntitySet for #ident {
            const ENTITIES: &'static [#runtime::TableSchema] = &[#(#schemas),*];
            const OTHERS: #runtime::Others = #runtime::Others::#others;
            const NAME: &'static #runtime::std::primitive::str = #name;
            const SCHEMA: #runtime::TableSchema = *<#of as #runtime::SharedTable>::SCHEMA.table();
            type Attrs<Context> = #attrs<Context>;
            type Key = #key;
            #read_key
            #read
        }
        #[automatically_derived]
        impl #runtime::SourceItem for #ident { type Reading = #runtime::ReadByKind; }
        #[automatically_derived]
        impl #runtime::Source for #ident {
            type Table = #runtime::SetTable<Self>;
            type Item = Self;
            type Pk = #pk;
            type Sk = #sk;
            const INDEX: #runtime::std::option::Option<&'static #runtime::IndexSchema> = #runtime::std::option::Option::None;
            const KINDS: &'static [#runtime::TableSchema] = #kinds;
            const PARTITION_OF: &'static #runtime::TableSchema = &#first;
        }
        #[automatically_derived]
        impl #runtime::StronglyConsistent for #ident {}
        #has_sort_key
    }
}

/// Emits the function that reads an item as the entity of its kind.
fn read(set: &Entities) -> TokenStream {
    let runtime = &set.runtime;
    let arms = set.entities.iter().enumerate().map(|(index, entity)| {
        let (variant, ty) = (&entity.variant, &entity.ty);
        quote!(#runtime::std::option::Option::Some(#index) => #runtime::ReadEntity::entity::<#ty>(item).map(Self::#variant))
    });
    let others = match &set.other {
        Some(other) => quote!(#runtime::ReadEntity::item(item).map(Self::#other)),
        None => quote!(#runtime::ReadEntity::of_no_kind(item)),
    };
    quote! {
        fn read<__Read: #runtime::ReadEntity>(
            entity: #runtime::std::option::Option<#runtime::std::primitive::usize>,
            item: __Read,
        ) -> #runtime::std::result::Result<Self, __Read::Error> {
            match entity { #(#arms,)* _ => #others }
        }
    }
}

fn reading(set: &Entities) -> TokenStream {
    let module = set.module();
    let vis = &set.vis;
    // `SortStart` names its builder, which is as visible as the set: E0446.
    let marker_vis = visibility::two_modules_down(vis);
    let quiet = quiet();
    if !set.collection {
        return TokenStream::new();
    }
    quote! {
        #[doc(hidden)]
        #quiet
        #vis mod #module { pub mod sk { #marker_vis enum Sk {} } }
    }
}

/// Emits what a filter names: the entities, each with a condition on it.
fn attrs(set: &Entities) -> TokenStream {
    let (runtime, vis, attrs, quiet) = (&set.runtime, &set.vis, set.sibling("Attrs"), quiet());
    let type_doc = doc(format!(
        "The entities of [`{}`], as the closure of a filter sees them.",
        set.ident
    ));
    let accessors = set.entities.iter().map(|entity| {
        let ty = &entity.ty;
        let name = field_of(&entity.variant);
        let is = format_ident!("is_{}", name.unraw());
        let (of, only) = (
            doc(format!("The item is of `{}`, and the condition holds for it.", entity.variant)),
            doc(format!("The item is of `{}`.", entity.variant)),
        );
        quote! {
            #of
            #vis fn #name(
                &self,
                condition: impl #runtime::std::ops::FnOnce(&<#ty as #runtime::Table>::Attrs<#runtime::Filter<#ty>>) -> #runtime::Condition,
            ) -> #runtime::Condition { #runtime::of_entity::<#ty>(condition) }
            #only
            #vis fn #is(&self) -> #runtime::Condition { #runtime::is_entity::<#ty>() }
        }
    });
    quote! {
        #type_doc
        #quiet
        #vis struct #attrs<Context>(#runtime::std::marker::PhantomData<fn() -> Context>);
        #[automatically_derived]
        impl<Context> #runtime::std::default::Default for #attrs<Context> {
            fn default() -> Self { Self(#runtime::std::marker::PhantomData) }
        }
        #[automatically_derived]
        #quiet
        impl<__Context> #attrs<__Context> { #(#accessors)* }
    }
}

/// Emits the sort keys that meet in a partition.
fn sort(set: &Entities) -> TokenStream {
    let (runtime, vis, sort, module, quiet) = (
        &set.runtime,
        &set.vis,
        set.sibling("Sk"),
        set.module(),
        quiet(),
    );
    let type_doc = doc(format!(
        "The sort keys that meet in a partition of [`{}`]: those of which entity are compared.",
        set.ident
    ));
    let methods = set.entities.iter().map(|entity| {
        let (name, ty) = (field_of(&entity.variant), &entity.ty);
        let doc = doc(format!(
            "By the sort key of `{}`: what is at it, and what is below it.",
            entity.variant
        ));
        quote! {
            #doc
            #vis fn #name<__Compared: #runtime::SortCondition<<#ty as #runtime::Source>::Sk>>(
                self,
                condition: impl #runtime::std::ops::FnOnce(<<#ty as #runtime::Source>::Sk as #runtime::SortStart>::Start) -> __Compared,
            ) -> #runtime::SetSort<#module::sk::Sk> { #runtime::SetSort::of::<#ty, __Compared>(condition) }
        }
    });
    quote! {
        #type_doc
        #quiet
        #vis struct #sort(());
        #[automatically_derived]
        impl #runtime::SortStart for #module::sk::Sk {
            type Start = #sort;
            fn start() -> #sort { #sort(()) }
        }
        #[automatically_derived]
        #quiet
        impl #sort { #(#methods)* }
    }
}

fn verbs(set: &Entities) -> TokenStream {
    let (runtime, vis, ident, parts, quiet) = (
        &set.runtime,
        &set.vis,
        &set.ident,
        set.sibling("Parts"),
        quiet(),
    );
    let query = set.collection.then(|| {
        let doc = doc("Reads a partition, with the items of all entities, in the order of the sort key: `Query`.");
        quote! {
            #doc
            #vis fn query(partition: impl #runtime::KeyValue<<Self as #runtime::Source>::Pk>) -> #runtime::Query<Self> {
                #runtime::Query::new(partition)
            }
        }
    });
    let scan = doc("Reads all items of the table: `Scan`. It costs what the whole table holds.");
    let split = doc(format!(
        "Returns the items of each kind by themselves: [`{parts}`]."
    ));
    let others = set.other.iter();
    let arms = set
        .entities
        .iter()
        .map(|entity| &entity.variant)
        .chain(others)
        .map(|variant| {
            let field = field_of(variant);
            quote!(Self::#variant(item) => parts.#field.push(item))
        });
    quote! {
        #[automatically_derived]
        #quiet
        impl #ident {
            #query
            #scan
            #vis fn scan() -> #runtime::Scan<Self> { #runtime::Scan::new() }
            #split
            #vis fn split(items: impl #runtime::std::iter::IntoIterator<Item = Self>) -> #parts {
                let mut parts = <#parts as #runtime::std::default::Default>::default();
                for item in items {
                    match item { #(#arms,)* }
                }
                parts
            }
        }
    }
}

fn parts(set: &Entities) -> TokenStream {
    let (runtime, vis, parts, quiet) = (&set.runtime, &set.vis, set.sibling("Parts"), quiet());
    let type_doc = doc(format!(
        "The items of an [`{}`], each kind by itself.",
        set.ident
    ));
    let fields: Vec<(Ident, TokenStream)> = set
        .entities
        .iter()
        .map(|entity| {
            let ty = &entity.ty;
            (field_of(&entity.variant), quote!(#ty))
        })
        .chain(
            set.other
                .iter()
                .map(|other| (field_of(other), quote!(#runtime::Item))),
        )
        .collect();
    let (names, types): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let texts = names.iter().map(ToString::to_string);
    let text = parts.to_string();
    quote! {
        #type_doc
        #quiet
        #vis struct #parts { #(#[doc = ""] #vis #names: #runtime::std::vec::Vec<#types>,)* }
        #[automatically_derived]
        impl #runtime::std::default::Default for #parts {
            fn default() -> Self { Self { #(#names: #runtime::std::vec::Vec::new(),)* } }
        }
        #[automatically_derived]
        impl #runtime::std::fmt::Debug for #parts
        where #(for<'a> &'a [#types]: #runtime::std::fmt::Debug,)*
        {
            fn fmt(&self, f: &mut #runtime::std::fmt::Formatter<'_>) -> #runtime::std::fmt::Result {
                f.debug_struct(#text)#(.field(#texts, &&*self.#names))*.finish()
            }
        }
    }
}

/// Emits what rustc checks of the entities: that they are of the table, and that no item can be of two.
fn assertions(set: &Entities) -> TokenStream {
    let (runtime, of) = (&set.runtime, &set.of);
    let of_table = set.entities.iter().map(|entity| {
        let ty = &entity.ty;
        let runtime = super::at(ty.span(), runtime);
        quote_spanned!(ty.span()=> const _: () = #runtime::assert_entity_of::<#ty, #of>();)
    });
    let mut apart = Vec::new();
    for (index, second) in set.entities.iter().enumerate() {
        for first in &set.entities[..index] {
            apart.push(assert_apart(runtime, first, second));
        }
        if let (true, Some(first)) = (set.collection && index > 0, set.entities.first()) {
            apart.push(assert_together(runtime, first, second));
        }
    }
    quote!(#(#of_table)* #(#apart)*)
}

fn assert_apart(runtime: &Path, first: &EntityVariant, second: &EntityVariant) -> TokenStream {
    let (a, b, ty) = (schema(runtime, first), schema(runtime, second), &second.ty);
    let (kinds, keys) = (
        format!(
            "`{}` and `{}` have one kind, and an item could be either",
            first.variant, second.variant
        ),
        format!(
            "an item could be of both `{}` and `{}`: one key fits the templates of both",
            first.variant, second.variant
        ),
    );
    let runtime = super::at(ty.span(), runtime);
    quote_spanned! {ty.span()=>
        const _: () = {
            #runtime::std::assert!(#runtime::kinds_differ(&#a, &#b), #kinds);
            #runtime::std::assert!(#runtime::keys_differ(&#a, &#b), #keys);
        };
    }
}

fn assert_together(runtime: &Path, first: &EntityVariant, second: &EntityVariant) -> TokenStream {
    let (a, b) = (schema(runtime, first), schema(runtime, second));
    let (first_ty, ty) = (&first.ty, &second.ty);
    let message = format!(
        "`{}` is in other partitions than `{}`, and a query reads one; without `collection` the set can be scanned",
        second.variant, first.variant
    );
    let runtime = super::at(ty.span(), runtime);
    quote_spanned! {ty.span()=>
        const _: () = #runtime::assert_partitioned_by::<#ty, <#first_ty as #runtime::Source>::Pk>();
        const _: () = #runtime::std::assert!(#runtime::partitions_match(&#a, &#b), #message);
    }
}
