//! Collects every fault of one struct, so that all of them are reported at once.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The faults found so far.
///
/// They have to be [finished](Diagnostics::finish), because a fault that nobody reads would let wrong code through.
#[derive(Default)]
#[must_use = "faults are lost unless `finish` is called"]
pub(crate) struct Diagnostics {
    errors: Vec<syn::Error>,
}

impl Diagnostics {
    /// Records a fault on `tokens`, and what to write instead.
    pub(crate) fn on(
        &mut self,
        tokens: &impl ToTokens,
        message: impl AsRef<str>,
        help: impl AsRef<str>,
    ) {
        let text = with_help(message.as_ref(), help.as_ref());
        self.errors.push(syn::Error::new_spanned(tokens, text));
    }

    /// Records a fault at `span`, and what to write instead.
    pub(crate) fn at(&mut self, span: Span, message: impl AsRef<str>, help: impl AsRef<str>) {
        let text = with_help(message.as_ref(), help.as_ref());
        self.errors.push(syn::Error::new(span, text));
    }

    /// Records an error of the parser.
    pub(crate) fn syntax(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Returns how many faults there are so far.
    pub(crate) fn count(&self) -> usize {
        self.errors.len()
    }

    /// Returns the faults as `compile_error!`s, or nothing if there were none.
    pub(crate) fn finish(self) -> Option<TokenStream> {
        self.errors
            .into_iter()
            .reduce(|mut all, next| {
                all.combine(next);
                all
            })
            .map(|all| all.into_compile_error())
    }
}

fn with_help(message: &str, help: &str) -> String {
    format!("{message}\nhelp: {help}")
}
