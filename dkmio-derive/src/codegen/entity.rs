//! Emits what an entity, and a table whose keys are texts, has besides what every model has.

use super::template_sort::{self, sorts};
use super::{doc, marker, quiet};
use crate::keyword::ticked;
use crate::model::{Class, Entity, Home, Index, KeySource, Place, Table};
use crate::visibility;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the types and implementations beside the struct; without `templates` they do not name the table.
pub(super) fn entity(table: &Table, entity: &Entity, templates: bool) -> TokenStream {
    let builders = sorts(table, entity);
    let builders = builders
        .iter()
        .map(|sort| sort.builder(table, entity, templates));
    let joints = joints(table, entity);
    let permissions = permissions(table);
    let (runtime, ident) = (&table.runtime, &table.ident);
    let entity_of = match &entity.home {
        Home::Shared { of, .. } => Some(quote! {
            #[automatically_derived]
            impl #runtime::EntityOf<#of> for #ident {}
        }),
        Home::Own { .. } => None,
    };
    quote! {
        #(#builders)*
        #joints
        #permissions
        #entity_of
    }
}

/// Emits what the hidden module of an entity has: the markers of sort keys, and the traits of what updates may do.
pub(super) fn hidden(table: &Table, entity: &Entity) -> TokenStream {
    let sorts = sorts(table, entity);
    let of_table = entity.sort.iter().map(|_| template_sort::marker(None));
    let of_indexes = table
        .indexes
        .iter()
        .map(|index| template_sort::marker(Some(index)));
    let markers: Vec<_> = of_table.chain(of_indexes).collect();
    let states = sorts.iter().map(|sort| sort.hidden(table));
    let classes = classes(table, entity);
    // `SortStart` of a sort key names its builder: E0446, as for indexes.
    let marker_vis = visibility::two_modules_down(&table.vis);
    quote! {
        pub struct At<const N: usize>;
        pub struct Ended;
        pub mod sk {
            #(#marker_vis enum #markers {})*
            #(#states)*
        }
        #classes
    }
}

/// Emits the traits that say what an update may do with a member; none is implemented, so that each use is an error.
fn classes(table: &Table, entity: &Entity) -> TokenStream {
    let name = table.struct_name();
    let key = key_in_words(entity);
    let key_message = format!("a member of the key of `{name}` cannot be changed");
    let key_label = format!("a member of the key of `{name}`");
    let key_note = format!("the key is {key}; an item is its key");
    let move_note = format!(
        "to move it, put a new item and delete the old one in a transaction: `{name}::replace(&before, &after)`"
    );
    let alone = format!(
        "this attribute of `{name}` cannot be set alone: the key of an index is made of it and others"
    );
    let together: Vec<String> = table
        .indexes
        .iter()
        .zip(&entity.places)
        .filter(|(_, place)| is_joint(table, entity, place))
        .map(|(index, place)| {
            let unknown = entity.unknown(place);
            let names: Vec<&str> = unknown.iter().map(|m| table.attributes[*m].name.as_str()).collect();
            format!(
                "`{accessor}` is made of {members}: `.set_together(|o| o.{accessor}(), ({values}))`",
                accessor = index.accessor_name,
                members = in_words(&names),
                values = names.join(", ")
            )
        })
        .collect();
    let known = format!("with the item at hand, `{name}::diff(&before, &after)` knows all members");
    let computed = format!(
        "set it to a value; to count up from what was read, `{name}::diff(&before, &after)`, which checks that nobody was faster"
    );
    quote! {
        #[diagnostic::on_unimplemented(message = #key_message, label = #key_label, note = #key_note, note = #move_note)]
        pub trait ChangeableKey {}
        #[diagnostic::on_unimplemented(
            message = #alone,
            label = "set it together with the other members",
            #(note = #together,)*
            note = "for one that stays as it is, write `given(value)`: the update then fails if it is another by then",
            note = #known
        )]
        pub trait SetAlone {}
        #[diagnostic::on_unimplemented(
            message = "DynamoDB cannot work out a member of an index's key: the key is text that is made here",
            label = "a member of the key of an index",
            note = #computed
        )]
        pub trait Computable {}
    }
}

/// Returns the names in back-ticks, the last one after "and".
fn in_words(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => ticked(&[only]),
        [first @ .., last] => format!("{} and {}", ticked(first), ticked(&[last])),
    }
}

/// Returns the templates of the table's key in back-ticks, for a message.
fn key_in_words(entity: &Entity) -> String {
    let text = |source: &KeySource| match source {
        KeySource::Template(template) => {
            format!("`{}`", template.text.replace('{', "{{").replace('}', "}}"))
        }
        KeySource::Field(_) => "a field".to_owned(),
    };
    match &entity.sort {
        Some(sort) => format!("{} and {}", text(&entity.partition), text(sort)),
        None => text(&entity.partition),
    }
}

fn permissions(table: &Table) -> TokenStream {
    let (runtime, ident, module) = (&table.runtime, &table.ident, table.module());
    quote! {
        #[automatically_derived]
        impl<__Attribute: #module::ChangeableKey> #runtime::ChangesKey<__Attribute> for #ident {}
        #[automatically_derived]
        impl<__Attribute: #module::SetAlone> #runtime::ChangesAlone<__Attribute> for #ident {}
        #[automatically_derived]
        impl<__Attribute: #module::Computable> #runtime::Computes<__Attribute> for #ident {}
    }
}

/// Returns the trait by which a context allows the attribute.
pub(super) fn allows(table: &Table, entity: &Entity, attribute: usize) -> TokenStream {
    match entity.class(&table.attributes, attribute) {
        Class::Free | Class::Key if table.is_own_key_of_any(attribute) => quote!(Allows),
        Class::Free => quote!(AllowsNonKey),
        Class::Key => quote!(AllowsKeyMember),
        Class::Lone => quote!(AllowsMember),
        Class::Joint => quote!(AllowsJoint),
    }
}

/// Returns whether members of the place are set together.
fn is_joint(table: &Table, entity: &Entity, place: &Place) -> bool {
    let unknown = entity.unknown(place);
    unknown.len() > 1
        && unknown
            .iter()
            .any(|m| entity.class(&table.attributes, *m) == Class::Joint)
}

/// Emits the indexes whose members are set together.
fn joints(table: &Table, entity: &Entity) -> TokenStream {
    let (runtime, vis, ident, module, quiet) = (
        &table.runtime,
        &table.vis,
        &table.ident,
        table.module(),
        quiet(),
    );
    let places = table.indexes.iter().zip(&entity.places);
    let joint: Vec<(&Index, &Place)> = places
        .filter(|(_, place)| is_joint(table, entity, place))
        .collect();
    if joint.is_empty() {
        return TokenStream::new();
    }
    let joints = table.sibling("Joints");
    let type_doc = doc(format!(
        "The indexes of [`{}`] whose members are set together.",
        table.struct_name()
    ));
    let methods = joint.iter().map(|(index, place)| {
        let accessor = &index.accessor;
        let unknown = entity.unknown(place);
        let doc = doc(format!(
            "{}, of which the key of `{}` is made.",
            table.ticked(&unknown),
            index.accessor_name
        ));
        let types = unknown
            .iter()
            .map(|member| table.attributes[*member].value_type());
        let markers = unknown
            .iter()
            .map(|member| marker(&module, &table.attributes[*member]));
        let members = unknown.iter().map(|member| entity.member(*member));
        quote! {
            #doc
            #vis fn #accessor(&self) -> #runtime::Joint<#ident, (#(#types,)*), (#(#markers,)*)> {
                #runtime::Joint::new(&[#(#members),*])
            }
        }
    });
    quote! {
        #type_doc
        #quiet
        #vis struct #joints(());
        #[automatically_derived]
        impl #runtime::std::default::Default for #joints { fn default() -> Self { Self(()) } }
        #[automatically_derived]
        #quiet
        impl #joints { #(#methods)* }
        #[automatically_derived]
        impl #runtime::HasJoints for #ident { type Joints = #joints; }
    }
}

/// Emits the function that hands over the members.
pub(super) fn encode_members(table: &Table, entity: &Entity) -> TokenStream {
    let runtime = &table.runtime;
    let members = entity
        .members
        .iter()
        .map(|member| &table.attributes[*member].ident);
    quote! {
        fn encode_members(&self, to: &mut dyn #runtime::KeyOutput) -> #runtime::KeyEncoded {
            #(#runtime::encode_member(&self.#members, to)?;)*
            #runtime::std::result::Result::Ok(())
        }
    }
}
