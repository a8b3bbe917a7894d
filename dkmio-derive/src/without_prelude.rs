//! `#[dkmio(no_implicit_prelude)]`: code for a module without the prelude.
//!
//! rustc finds `diagnostic`, as all attributes of tools, through the prelude, and a derive cannot see whether the
//! module has a prelude. So a type says that it has none, and does without dkmio's messages.

use crate::keyword;
use crate::parse;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Attribute;

/// Leaves out the attributes of tools, if the type says that its module has no prelude.
pub(crate) fn fitted(tokens: TokenStream, attributes: &[Attribute]) -> TokenStream {
    if parse::has_word(attributes, keyword::NO_IMPLICIT_PRELUDE) {
        without_tools(tokens)
    } else {
        tokens
    }
}

fn without_tools(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            kept.push(token);
            continue;
        };
        if is_tool_attribute(&group, kept.last()) {
            kept.pop();
            continue;
        }
        let mut inner = Group::new(group.delimiter(), without_tools(group.stream()));
        inner.set_span(group.span());
        kept.push(inner.into());
    }
    kept.into_iter().collect()
}

fn is_tool_attribute(group: &Group, before: Option<&TokenTree>) -> bool {
    let after_hash = matches!(before, Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
    let of_diagnostic = matches!(
        group.stream().into_iter().next(),
        Some(TokenTree::Ident(ident)) if ident == "diagnostic"
    );
    after_hash && of_diagnostic && group.delimiter() == Delimiter::Bracket
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn only_the_attributes_of_tools_are_left_out() {
        let tokens = quote! {
            #[diagnostic::on_unimplemented(message = "no")]
            #[doc(hidden)]
            mod inner { #[automatically_derived] #[diagnostic::do_not_recommend] impl A for B { fn diagnostic() {} } }
        };
        let expected = quote! {
            #[doc(hidden)]
            mod inner { #[automatically_derived] impl A for B { fn diagnostic() {} } }
        };
        assert_eq!(without_tools(tokens).to_string(), expected.to_string());
    }
}
