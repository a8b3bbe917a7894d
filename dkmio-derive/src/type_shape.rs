//! Tells of a type what its spelling shows. Everything else is an obligation for rustc to check.

use proc_macro2::{TokenStream, TokenTree};
use syn::{GenericArgument, Lifetime, PathArguments, PathSegment, Type};

/// Returns `T` of a type spelled `Option<T>`, with or without a path.
pub(crate) fn option_argument(ty: &Type) -> Option<&Type> {
    only_argument(ty, &["Option"])
}

/// When a value of a type is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    IfNone,
    IfEmpty,
}

/// Returns when a value of the type is left out of an item, and so what an absent attribute reads as: `None` of an
/// `Option`, and an empty `Set`. Serde reads both through a pointer too.
pub(crate) fn absence(ty: &Type) -> Option<Absence> {
    if option_argument(ty).is_some() {
        return Some(Absence::IfNone);
    }
    if is_spelled(ty, "Set") {
        return Some(Absence::IfEmpty);
    }
    absence(only_argument(ty, &["Box", "Rc", "Arc"])?)
}

/// Returns the argument of a type that is spelled as one of `names` with one argument.
fn only_argument<'a>(ty: &'a Type, names: &[&str]) -> Option<&'a Type> {
    let segment = last_segment(ty)?;
    if !names.iter().any(|name| segment.ident == name) {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    let mut arguments = arguments.args.iter();
    match (arguments.next(), arguments.next()) {
        (Some(GenericArgument::Type(inner)), None) => Some(inner),
        _ => None,
    }
}

/// Returns whether the type is spelled like one of the usual maps.
pub(crate) fn is_map(ty: &Type) -> bool {
    ["HashMap", "BTreeMap", "IndexMap", "Map"]
        .iter()
        .any(|name| is_spelled(ty, name))
}

/// Returns whether the last segment of the type's path is `name`.
pub(crate) fn is_spelled(ty: &Type, name: &str) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == name)
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        // A type that came through a `macro_rules!` fragment.
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// Where a type has a lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Borrows {
    Nowhere,
    /// The type is a reference with the lifetime.
    Itself,
    /// A part of the type has the lifetime.
    Within,
}

/// Returns where a type has a lifetime.
pub(crate) fn borrows(ty: &Type, lifetime: &Lifetime) -> Borrows {
    match ty {
        Type::Reference(reference) if reference.lifetime.as_ref() == Some(lifetime) => {
            Borrows::Itself
        }
        Type::Group(group) => borrows(&group.elem, lifetime),
        Type::Paren(paren) => borrows(&paren.elem, lifetime),
        _ if names(quote::quote!(#ty), &lifetime.ident) => Borrows::Within,
        _ => Borrows::Nowhere,
    }
}

/// Returns whether this lifetime is among the tokens.
fn names(tokens: TokenStream, lifetime: &syn::Ident) -> bool {
    let mut after_quote = false;
    tokens.into_iter().any(|token| {
        let was_after_quote = after_quote;
        after_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        match token {
            TokenTree::Ident(ident) => was_after_quote && ident == *lifetime,
            TokenTree::Group(group) => names(group.stream(), lifetime),
            _ => false,
        }
    })
}

/// Returns the type as a person would write it, as docs and messages show it.
pub(crate) fn spelling(ty: &Type) -> String {
    let tokens = quote::quote!(#ty).to_string();
    let mut text = tokens
        .replace(" :: ", "::")
        .replace(":: ", "::")
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(" ,", ",");
    for (spaced, tight) in [
        ("& ", "&"),
        (" ;", ";"),
        ("( ", "("),
        (" )", ")"),
        ("< ", "<"),
        (" <", "<"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn an_option_is_known_by_its_last_segment() {
        for ty in [
            parse_quote!(Option<u8>),
            parse_quote!(std::option::Option<u8>),
            parse_quote!(::core::option::Option<u8>),
        ] {
            assert_eq!(option_argument(&ty), Some(&parse_quote!(u8)));
        }
        assert_eq!(option_argument(&parse_quote!(Vec<u8>)), None);
        assert_eq!(option_argument(&parse_quote!(Option)), None);
    }

    #[test]
    fn what_is_not_stored_is_known_behind_pointers() {
        for (ty, expected) in [
            (parse_quote!(Option<u8>), Some(Absence::IfNone)),
            (parse_quote!(Box<Option<u8>>), Some(Absence::IfNone)),
            (parse_quote!(dkmio::Set<u8>), Some(Absence::IfEmpty)),
            (
                parse_quote!(std::sync::Arc<Set<u8>>),
                Some(Absence::IfEmpty),
            ),
            (parse_quote!(Vec<Option<u8>>), None),
            (parse_quote!(Box<str>), None),
        ] {
            assert_eq!(absence(&ty), expected);
        }
    }

    #[test]
    fn a_lifetime_is_found_wherever_it_is() {
        let lifetime = parse_quote!('a);
        for (ty, found) in [
            (parse_quote!(&'a str), Borrows::Itself),
            (parse_quote!(Option<&'a str>), Borrows::Within),
            (parse_quote!(Cow<'a, str>), Borrows::Within),
            (parse_quote!((u8, [&'a str; 2])), Borrows::Within),
            (parse_quote!(&'static str), Borrows::Nowhere),
            (parse_quote!(Vec<a>), Borrows::Nowhere),
        ] {
            assert_eq!(borrows(&ty, &lifetime), found);
        }
    }

    #[test]
    fn types_are_spelled_as_written() {
        assert_eq!(
            spelling(&parse_quote!(std::collections::HashMap<String, Vec<u8>>)),
            "std::collections::HashMap<String, Vec<u8>>"
        );
        assert_eq!(spelling(&parse_quote!(::a::B)), "::a::B");
        assert_eq!(spelling(&parse_quote!([u8; 4])), "[u8; 4]");
        assert_eq!(
            spelling(&parse_quote!(Option<&'static str>)),
            "Option<&'static str>"
        );
    }
}
