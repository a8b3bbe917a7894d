//! `#[dkmio::test]`: parses its arguments and writes the test around the function.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Error, FnArg, ItemFn, LitBool, LitStr, Path, Token};

/// The arguments of the attribute.
struct Arguments {
    models: Vec<Model>,
    start_paused: bool,
    runtime: Path,
}

/// A model whose table the test has, with the path of a JSON file of items.
struct Model {
    path: Path,
    fixtures: Option<LitStr>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arguments = Self {
            models: Vec::new(),
            start_paused: true,
            runtime: syn::parse_quote!(::dkmio),
        };
        while !input.is_empty() {
            if input.peek(Token![crate]) && input.peek2(Token![=]) {
                input.parse::<Token![crate]>()?;
                input.parse::<Token![=]>()?;
                arguments.runtime = input.parse::<LitStr>()?.parse()?;
            } else {
                arguments.argument(input)?;
            }
            if input.is_empty() {
                break;
            }
            input.parse::<Token![,]>()?;
        }
        Ok(arguments)
    }
}

impl Arguments {
    fn argument(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let path: Path = input.parse()?;
        let has_value = input.parse::<Option<Token![=]>>()?.is_some();
        if !has_value {
            self.models.push(Model {
                path,
                fixtures: None,
            });
            return Ok(());
        }
        if path.is_ident("start_paused") {
            self.start_paused = input.parse::<LitBool>()?.value;
            return Ok(());
        }
        let fixtures = input.parse::<LitStr>().map_err(|e| {
            Error::new(
                e.span(),
                "expected the path of a JSON file with the items of this model: `Orders = \"orders.json\"`",
            )
        })?;
        self.models.push(Model {
            path,
            fixtures: Some(fixtures),
        });
        Ok(())
    }
}

/// Writes the test, or the faults of its declaration beside the function as it is.
pub(crate) fn expand(arguments: TokenStream, function: TokenStream) -> TokenStream {
    match expanded(arguments, function.clone()) {
        Ok(test) => test,
        Err(e) => {
            let error = e.to_compile_error();
            quote! { #error #function }
        }
    }
}

fn expanded(arguments: TokenStream, function: TokenStream) -> syn::Result<TokenStream> {
    let arguments: Arguments = syn::parse2(arguments)?;
    let function: ItemFn = syn::parse2(function)?;
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        return Err(Error::new(
            signature.fn_token.span,
            "a dkmio test is an `async fn`: it sends requests",
        ));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new(
            signature.generics.span(),
            "a test has no type parameters",
        ));
    }
    let runtime = &arguments.runtime;
    let setups = arguments.models.iter().map(|model| model.setup(runtime));
    let inputs = values(&signature.inputs, runtime)?;
    let start_paused = arguments.start_paused;
    let (attributes, visibility) = (&function.attrs, &function.vis);
    let (name, output) = (&signature.ident, &signature.output);
    let mut body = function.clone();
    body.attrs.clear();
    body.vis = syn::Visibility::Inherited;
    Ok(quote! {
        #(#attributes)*
        #[::core::prelude::v1::test]
        #visibility fn #name() #output {
            #body
            #runtime::testing::run(
                #start_paused,
                &[#(#setups),*],
                async |__test: #runtime::testing::TestDatabase| #name(#(#inputs),*).await,
            )
        }
    })
}

impl Model {
    fn setup(&self, runtime: &Path) -> TokenStream {
        let path = &self.path;
        match &self.fixtures {
            None => {
                quote_spanned! { path.span() => #runtime::testing::TestDatabase::create::<#path> }
            }
            Some(fixtures) => quote_spanned! { path.span() =>
                |__test| #runtime::testing::TestDatabase::create_with::<#path>(
                    __test,
                    ::core::include_str!(#fixtures),
                )
            },
        }
    }
}

/// Returns an expression for each argument of the test.
fn values(inputs: &Punctuated<FnArg, Token![,]>, runtime: &Path) -> syn::Result<Vec<TokenStream>> {
    inputs
        .iter()
        .map(|input| match input {
            FnArg::Typed(typed) => {
                let ty = &typed.ty;
                Ok(quote_spanned! { ty.span() =>
                    <#ty as #runtime::testing::FromTestDatabase>::from_test_database(&__test)
                })
            }
            FnArg::Receiver(receiver) => Err(Error::new(receiver.span(), "a test is no method")),
        })
        .collect()
}
