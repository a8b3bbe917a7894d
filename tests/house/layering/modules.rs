//! What each module of a crate defines, imports and names in its code, read from the sources.

use crate::{root, sources};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Attribute, Item, UseTree, Visibility};

/// The segments of a path.
pub(super) type Path = Vec<String>;

/// A module: a file, or a module inside a file.
#[derive(Default)]
pub(super) struct Module {
    /// The file, below the folder `src`.
    pub file: String,
    pub items: BTreeSet<String>,
    pub imports: Vec<Import>,
    /// The paths of at least two segments outside `use` items.
    pub paths: BTreeSet<Path>,
    /// Every word outside `use` items.
    pub words: BTreeSet<String>,
    /// `true` if there is a function, also in an `impl`, a trait or a macro.
    pub has_fn: bool,
}

/// One name that a `use` item brings into its module.
pub(super) struct Import {
    /// `*` if the `use` item brings all names of the path.
    pub name: String,
    pub path: Path,
    /// `true` for `pub use` of any visibility.
    pub is_reexport: bool,
}

/// Reads all modules of the crate in this folder, without its tests, by their paths.
pub(super) fn modules(folder: &str) -> BTreeMap<Path, Module> {
    let source = root().join(folder);
    let mut modules = BTreeMap::new();
    let mut tests = Vec::new();
    for (path, text) in sources(folder) {
        let relative = path.strip_prefix(&source).unwrap();
        let file = relative.to_str().unwrap().to_owned();
        let mut module: Path = relative
            .with_extension("")
            .iter()
            .map(|part| part.to_str().unwrap().to_owned())
            .collect();
        if module == ["lib"] {
            module.clear();
        }
        let items = syn::parse_file(&text).unwrap().items;
        read(module, &file, items, &mut modules, &mut tests);
    }
    modules.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
    modules
}

fn read(
    path: Path,
    file: &str,
    items: Vec<Item>,
    modules: &mut BTreeMap<Path, Module>,
    tests: &mut Vec<Path>,
) {
    let mut module = Module {
        file: file.to_owned(),
        ..Module::default()
    };
    for item in items {
        if let Item::Mod(inner) = item {
            let name = inner.ident.to_string();
            let path = [&path[..], &[name]].concat();
            if is_test(&inner.attrs) {
                tests.push(path);
            } else if let Some((_, items)) = inner.content {
                read(path, file, items, modules, tests);
            }
        } else if let Item::Use(item) = item {
            let is_reexport = !matches!(item.vis, Visibility::Inherited);
            if !is_test(&item.attrs) {
                imports(&item.tree, &mut Vec::new(), is_reexport, &mut module);
            }
        } else if !is_test(attributes(&item)) {
            module.items.extend(name(&item));
            scan(item.into_token_stream(), &mut module);
        }
    }
    modules.insert(path, module);
}

/// Returns `true` for `#[cfg(test)]`.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|i| i == "test")
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        _ => &[],
    }
}

fn name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn imports(tree: &UseTree, before: &mut Path, is_reexport: bool, module: &mut Module) {
    let (last, name) = match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            imports(&path.tree, before, is_reexport, module);
            before.pop();
            return;
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                imports(tree, before, is_reexport, module);
            }
            return;
        }
        UseTree::Name(name) => (name.ident.to_string(), name.ident.to_string()),
        UseTree::Rename(rename) => (rename.ident.to_string(), rename.rename.to_string()),
        UseTree::Glob(_) => ("*".to_owned(), "*".to_owned()),
    };
    let mut path = before.clone();
    let mut name = name;
    match last.as_str() {
        "*" => {}
        "self" => {
            if name == "self" {
                name = before.last().unwrap().clone();
            }
        }
        _ => path.push(last),
    }
    module.imports.push(Import {
        name,
        path,
        is_reexport,
    });
}

/// Notes the words and the paths of code. Macros are read as the tokens that they are.
fn scan(tokens: TokenStream, module: &mut Module) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            // Attributes, and with them the docs, may name anything.
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let is_bang = |token: &&TokenTree| token.to_string() == "!";
                at += usize::from(tokens.get(at).filter(is_bang).is_some());
                if let Some(TokenTree::Group(group)) = tokens.get(at)
                    && group.delimiter() == Delimiter::Bracket
                {
                    at += 1;
                }
            }
            TokenTree::Ident(_) => at = scan_path(&tokens, at - 1, &mut Vec::new(), module),
            TokenTree::Group(group) => scan(group.stream(), module),
            _ => {}
        }
    }
}

/// Notes the path that begins with the word at `at`; returns the index of the token after it.
fn scan_path(tokens: &[TokenTree], at: usize, before: &mut Path, module: &mut Module) -> usize {
    let mut path = before.clone();
    let mut at = at;
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        let word = word.to_string();
        let is_fn = word == "fn" && matches!(tokens.get(at + 1), Some(TokenTree::Ident(_)));
        module.has_fn |= is_fn;
        module.words.insert(word.clone());
        path.push(word);
        at += 1;
        let is_colon = |at: usize| tokens.get(at).is_some_and(|t| t.to_string() == ":");
        if !(is_colon(at) && is_colon(at + 1)) {
            break;
        }
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(_)) => at += 2,
            // A `use` inside a function.
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut inner_at = 0;
                while inner_at < inner.len() {
                    let next = scan_path(&inner, inner_at, &mut path, module);
                    inner_at = next.max(inner_at + 1);
                }
                return at + 3;
            }
            _ => break,
        }
    }
    if path.len() > 1 {
        module.paths.insert(path);
    }
    at
}
