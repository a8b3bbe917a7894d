//! Emits what rustc checks of an entity against its table: constants of the program, each on what the user wrote.

use super::at;
use super::formats::{assert, formats};
use crate::model::{Attribute, Entity, Home, Index, KeySource, Place, Table};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

/// Emits the checks of an entity.
pub(super) fn fits(table: &Table, entity: &Entity) -> TokenStream {
    let formats = formats(table, entity);
    let Home::Shared { of, .. } = &entity.home else {
        // The table's keys and indexes are what the struct says.
        return formats;
    };
    let checks = Checks { table, entity, of };
    let key = checks.key();
    let fields = checks.fields();
    let places = table.indexes.iter().zip(&entity.places).enumerate();
    let places = places.map(|(position, (index, place))| checks.place(position, index, place));
    let ttl = checks.ttl();
    quote!(#formats #key #(#fields)* #(#places)* #ttl)
}

struct Checks<'t> {
    table: &'t Table,
    entity: &'t Entity,
    /// The shared table.
    of: &'t Path,
}

/// The keys that sources are for: of the table, or of one of its indexes.
struct Keys {
    /// An expression of the type `&KeySchema`.
    schema: TokenStream,
    /// Whose they are, for messages.
    whose: String,
}

impl Checks<'_> {
    /// Returns an expression of the type `&SharedSchema`.
    fn shared(&self) -> TokenStream {
        let of = self.of;
        let runtime = at(of.span(), &self.table.runtime);
        quote_spanned!(of.span()=> &<#of as #runtime::SharedTable>::SCHEMA)
    }

    /// Returns the shared table's name in Rust.
    fn of(&self) -> String {
        let of = self.of;
        quote!(#of).to_string().replace(' ', "")
    }

    fn assert(&self, span: Span, holds: TokenStream, message: String) -> TokenStream {
        assert(self.table, span, holds, message)
    }

    /// Returns the name of the field with the attribute.
    fn attribute(&self, position: usize) -> &Attribute {
        &self.table.attributes[position]
    }

    fn span(&self, source: &KeySource) -> Span {
        match source {
            KeySource::Template(template) => template.span,
            KeySource::Field(attribute) => self.attribute(*attribute).ident.span(),
        }
    }

    /// Emits that the keys of the table are made of what the entity says.
    fn key(&self) -> TokenStream {
        let (runtime, shared, entity) = (&self.table.runtime, self.shared(), self.entity);
        let (of, name) = (self.of(), self.table.struct_name());
        let count = usize::from(entity.sort.is_some());
        let last = entity.sort.as_ref().unwrap_or(&entity.partition);
        let counted = self.assert(
            self.span(last),
            quote!(#runtime::has_sort_keys(#shared, #count)),
            match entity.sort {
                Some(_) => format!("`{of}` has no sort key, and `{name}` has a text for one: leave `sk` out"),
                None => format!("`{of}` has a sort key, and `{name}` has no text for it: `#[key(pk = .., sk = ..)]`"),
            },
        );
        let keys = Keys {
            schema: quote!((#shared).table().keys()),
            whose: format!("`{of}`"),
        };
        let sources = std::iter::once(&entity.partition).chain(&entity.sort);
        let sources = sources.enumerate();
        let sources = sources.map(|(position, source)| self.source(&keys, position, source));
        quote!(#counted #(#sources)*)
    }

    /// Emits that a key attribute can be what the source makes.
    fn source(&self, keys: &Keys, position: usize, source: &KeySource) -> TokenStream {
        let (runtime, Keys { schema, whose }) = (&self.table.runtime, keys);
        let KeySource::Field(field) = source else {
            return self.assert(
                self.span(source),
                quote!(#runtime::key_is_text(#schema, #position)),
                format!("this key attribute of {whose} is a number or binary, and a text with members is neither: write the field itself, without quotes"),
            );
        };
        let attribute = self.attribute(*field);
        let (wire, ty, name) = (&attribute.wire, attribute.value_type(), &attribute.name);
        let kind = match &attribute.adapted_key {
            Some(path) => quote!(#path::KIND),
            None => quote!(<#ty as #runtime::KeyAttribute>::KIND),
        };
        let span = attribute.ident.span();
        let named = self.assert(
            span,
            quote!(#runtime::key_is_called(#schema, #position, #wire)),
            format!("the key attribute of {whose} is not called `{wire}`, as `{name}` of `{}` is: rename the field, or write a text with it as a member", self.table.struct_name()),
        );
        let kind = self.assert(
            span,
            quote!(#runtime::key_is_of_kind(#schema, #position, #kind)),
            format!(
                "the key attribute `{wire}` of {whose} is of another kind than `{}`",
                attribute.spelling
            ),
        );
        quote!(#named #kind)
    }

    /// Emits that no field is stored under the name of a key or of the kind.
    fn fields(&self) -> impl Iterator<Item = TokenStream> {
        let (runtime, shared) = (&self.table.runtime, self.shared());
        let attributes = self.table.attributes.iter().enumerate();
        let own = attributes.filter(|(position, _)| {
            !self
                .entity
                .sources()
                .any(|source| matches!(source, KeySource::Field(field) if field == position))
        });
        own.map(move |(_, attribute)| {
            let wire = &attribute.wire;
            self.assert(
                attribute.ident.span(),
                quote!(!#runtime::is_taken(#shared, #wire)),
                format!("`{wire}` is a key or the kind of `{}`, which dkmio writes: give the field another name", self.of()),
            )
        })
    }

    /// Emits that the place is in an index of the table, and that the index is as the place says.
    fn place(&self, position: usize, index: &Index, place: &Place) -> TokenStream {
        let (runtime, shared, ident) = (&self.table.runtime, self.shared(), &self.table.ident);
        let (of, name, span) = (self.of(), self.table.struct_name(), place.of.span());
        let (in_index, accessor) = (place.of.to_string(), &index.accessor_name);
        let (pk, sk, global) = (place.pk.len(), place.sk.len(), index.global);
        // Of an index that is not there, or not of this kind, nothing else is reported.
        let there = quote!(#runtime::has_index(#shared, #in_index, #global));
        let exists = self.assert(
            span,
            there.clone(),
            format!(
                "`{of}` has no {} index `{in_index}`, in which `{accessor}` of `{name}` is",
                if global { "global" } else { "local" }
            ),
        );
        let counted = self.assert(
            place.span,
            quote!(!#there || #runtime::index_has_keys(#shared, #in_index, #pk, #sk)),
            format!("index `{in_index}` of `{of}` has another number of key attributes than `{accessor}` of `{name}` has texts for"),
        );
        let keys = Keys {
            schema: quote!((#shared).index(#in_index).keys()),
            whose: format!("index `{in_index}` of `{of}`"),
        };
        // The partition key of a local index is the table's.
        let own = if global { 0 } else { pk };
        let sources = place.pk.iter().chain(&place.sk).enumerate().skip(own);
        let sources = sources.map(|(position, source)| self.source(&keys, position, source));
        let agrees = self.assert(
            place.span,
            quote!(!#there || #runtime::place_agrees(&<#ident as #runtime::Table>::SCHEMA, #position)),
            format!("`{accessor}` of `{name}` makes a key attribute of another text than the table's key or another index does: an attribute has one text"),
        );
        let projection = self.projection(index, &in_index, span);
        quote!(#exists #counted #(#sources)* #agrees #(#projection)*)
    }

    /// Emits that the index holds what its items have.
    fn projection(&self, index: &Index, in_index: &str, span: Span) -> Vec<TokenStream> {
        let (runtime, shared) = (&self.table.runtime, self.shared());
        let (of, name, accessor) = (self.of(), self.table.struct_name(), &index.accessor_name);
        if index.projects_everything() {
            return vec![self.assert(
                span,
                quote!(#runtime::holds_all(#shared, #in_index)),
                format!("index `{in_index}` of `{of}` does not hold whole items: write `project(..)` for `{accessor}` of `{name}`, with the fields that it reads"),
            )];
        }
        let held = self.table.held(index).into_iter();
        // Keys are held by every index.
        let held = held.filter(|held| {
            !self.table.is_own_key(*held) && !self.table.is_own_key_of(index, *held)
        });
        held.map(|held| {
            let wire = &self.attribute(held).wire;
            self.assert(
                span,
                quote!(#runtime::index_holds(#shared, #in_index, #wire)),
                format!("index `{in_index}` of `{of}` does not hold `{wire}`, which `{accessor}` of `{name}` projects"),
            )
        })
        .collect()
    }

    fn ttl(&self) -> Option<TokenStream> {
        let (runtime, shared) = (&self.table.runtime, self.shared());
        let attribute = self.attribute(self.table.ttl?);
        let wire = &attribute.wire;
        Some(self.assert(
            attribute.ident.span(),
            quote!(#runtime::is_ttl(#shared, #wire)),
            format!("the time to live of `{}` is not `{wire}`: write `#[ttl(\"{wire}\")]` there, or mark the field that it names", self.of()),
        ))
    }
}
