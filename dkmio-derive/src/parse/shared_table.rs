//! Reads a table that several entities share.

use super::index::{project, refuse_local_pk};
use super::words::text;
use super::{IndexKind, ProjectWord, Value, Word, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use crate::rename::with_hyphens;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Expr, Fields, Ident, LitStr, Path, Token, Visibility};

/// A shared table as declared.
pub(crate) struct SharedTable {
    pub(crate) krate: Option<Path>,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) name: Option<LitStr>,
    pub(crate) pk: Option<KeyNames>,
    pub(crate) sk: Option<KeyNames>,
    pub(crate) kind: Option<LitStr>,
    pub(crate) refuses: bool,
    /// The word `adopt`.
    pub(crate) adopts: Option<Span>,
    pub(crate) ttl: Option<LitStr>,
    pub(crate) indexes: Vec<SharedIndex>,
    /// `true` if a fault in an attribute has been reported, which may be why something is missing.
    pub(crate) misread: bool,
}

/// The attributes of a key: their names, and what DynamoDB stores.
pub(crate) struct KeyNames {
    pub(crate) word: Ident,
    pub(crate) names: Vec<(LitStr, Kind)>,
}

/// What DynamoDB stores in a key attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    S,
    N,
    B,
}

/// An index of a shared table, as declared.
pub(crate) struct SharedIndex {
    pub(crate) kind: IndexKind,
    /// The whole attribute.
    pub(crate) span: Span,
    pub(crate) accessor: Option<Ident>,
    pub(crate) name: Option<LitStr>,
    pub(crate) pk: Option<KeyNames>,
    pub(crate) sk: Option<KeyNames>,
    pub(crate) project: Option<SharedProjection>,
    pub(crate) misread: bool,
}

/// What an index of a shared table holds.
pub(crate) enum SharedProjection {
    All,
    KeysOnly,
    Include(Vec<LitStr>),
}

const KEYS_WORDS: &[&str] = &[
    keyword::PK,
    keyword::SK,
    keyword::KIND,
    keyword::ESCAPE,
    keyword::ADOPT,
];

/// Reads a shared table, unless its shape excludes it.
pub(crate) fn shared_table(
    input: &DeriveInput,
    diagnostics: &mut Diagnostics,
) -> Option<SharedTable> {
    let is_unit = matches!(&input.data, Data::Struct(data) if matches!(data.fields, Fields::Unit));
    if !is_unit || !input.generics.params.is_empty() {
        diagnostics.on(
            &input.ident,
            format!(
                "`{}` is no unit struct, and a shared table is one",
                input.ident
            ),
            format!("it has no items of its own: `struct {};`", input.ident),
        );
        return None;
    }
    let mut table = SharedTable {
        krate: None,
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        name: None,
        pk: None,
        sk: None,
        kind: None,
        refuses: false,
        adopts: None,
        ttl: None,
        indexes: Vec::new(),
        misread: false,
    };
    for attribute in &input.attrs {
        let faults = diagnostics.count();
        let path = attribute.path();
        if path.is_ident(keyword::DKMIO) {
            for word in words(attribute, diagnostics) {
                table.read_table(word, diagnostics);
            }
        } else if path.is_ident(keyword::KEYS) {
            for word in words(attribute, diagnostics) {
                table.read_keys(word, diagnostics);
            }
        } else if path.is_ident(keyword::TTL) {
            match attribute.parse_args::<LitStr>() {
                Ok(name) => table.ttl = Some(name),
                Err(_) => diagnostics.on(
                    path,
                    "`#[ttl(..)]` of a shared table takes the attribute's name",
                    "write `#[ttl(\"expires_at\")]`",
                ),
            }
        } else if let Some(kind) = IndexKind::of(attribute) {
            let mut index = SharedIndex::new(kind, path.span());
            for (position, word) in words(attribute, diagnostics).into_iter().enumerate() {
                index.read(position, word, diagnostics);
            }
            index.misread = diagnostics.count() > faults;
            table.indexes.push(index);
            continue;
        }
        table.misread |= diagnostics.count() > faults;
    }
    Some(table)
}

impl SharedTable {
    fn read_table(&mut self, word: Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        match name.as_str() {
            keyword::TABLE => {
                let value = word.string(diagnostics);
                once(&mut self.name, &word.name, value, diagnostics);
            }
            keyword::CRATE => {
                let value = super::runtime_path::crate_path(&word, diagnostics);
                once(&mut self.krate, &word.name, value, diagnostics);
            }
            keyword::NO_IMPLICIT_PRELUDE => word.bare(diagnostics),
            _ => diagnostics.on(
                &word,
                format!("unknown word `{name}` in `#[dkmio(..)]`"),
                keyword::suggest(
                    &name,
                    &[keyword::TABLE, keyword::CRATE, keyword::NO_IMPLICIT_PRELUDE],
                ),
            ),
        }
    }

    fn read_keys(&mut self, word: Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        match name.as_str() {
            keyword::PK => {
                let value = key_names(&word, diagnostics);
                once(&mut self.pk, &word.name, value, diagnostics);
            }
            keyword::SK => {
                let value = key_names(&word, diagnostics);
                once(&mut self.sk, &word.name, value, diagnostics);
            }
            keyword::KIND => {
                let value = word.string(diagnostics);
                once(&mut self.kind, &word.name, value, diagnostics);
            }
            keyword::ADOPT => {
                word.bare(diagnostics);
                self.adopts = Some(word.name.span());
            }
            keyword::ESCAPE => self.refuses |= refuses(&word, diagnostics),
            _ => diagnostics.on(
                &word,
                format!("unknown word `{name}` in `#[keys(..)]`"),
                keyword::suggest(&name, KEYS_WORDS),
            ),
        }
    }
}

impl SharedIndex {
    fn new(kind: IndexKind, span: Span) -> Self {
        Self {
            kind,
            span,
            accessor: None,
            name: None,
            pk: None,
            sk: None,
            project: None,
            misread: false,
        }
    }

    /// Returns the index's name in DynamoDB: `name`, or the accessor with hyphens.
    pub(crate) fn name_in_dynamodb(&self) -> Option<String> {
        let implied = || self.accessor.as_ref().map(with_hyphens);
        self.name.as_ref().map(LitStr::value).or_else(implied)
    }

    fn read(&mut self, position: usize, word: Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        match (name.as_str(), &word.value) {
            // The first word alone is the accessor, whatever it is called.
            (_, Value::Nothing) if position == 0 => self.accessor = Some(word.name),
            (keyword::NAME, _) => {
                let value = word.string(diagnostics);
                once(&mut self.name, &word.name, value, diagnostics);
            }
            (keyword::PK, _) if self.kind == IndexKind::Local => {
                refuse_local_pk(&word, diagnostics);
            }
            (keyword::PK, _) => {
                let value = key_names(&word, diagnostics);
                once(&mut self.pk, &word.name, value, diagnostics);
            }
            (keyword::SK, _) => {
                let value = key_names(&word, diagnostics);
                once(&mut self.sk, &word.name, value, diagnostics);
            }
            (keyword::PROJECT, _) => {
                let value = projection(&word, diagnostics);
                once(&mut self.project, &word.name, value, diagnostics);
            }
            _ => {
                diagnostics.on(
                    &word,
                    format!(
                        "unknown word `{name}` in `#[{}(..)]` of a shared table",
                        self.kind.word()
                    ),
                    keyword::suggest(&name, self.kind.words()),
                );
            }
        }
    }
}

/// Reads `escape = refuse`.
pub(super) fn refuses(word: &Word, diagnostics: &mut Diagnostics) -> bool {
    let refuses =
        matches!(&word.value, Value::Is(Expr::Path(path)) if path.path.is_ident(keyword::REFUSE));
    if !refuses {
        diagnostics.on(
            word,
            "`escape` takes the word `refuse`",
            "write `escape = refuse` for a table that exists; without it, separators in members are percent-encoded",
        );
    }
    refuses
}

/// Reads `of = Shop`.
pub(super) fn shared_table_of(word: &Word, diagnostics: &mut Diagnostics) -> Option<Path> {
    if let Value::Is(Expr::Path(path)) = &word.value {
        return Some(path.path.clone());
    }
    let help = "write `of = Shop`: the struct that derives `SharedTable`";
    diagnostics.on(word, "`of` takes the shared table", help);
    None
}

/// Reads `"PK"`, `("PK", N)`, `("a", "b")` or `(("a", N), "b")`.
fn key_names(word: &Word, diagnostics: &mut Diagnostics) -> Option<KeyNames> {
    let names = match &word.value {
        Value::Is(Expr::Tuple(tuple)) => {
            let parts: Vec<&Expr> = tuple.elems.iter().collect();
            match parts.as_slice() {
                [_, kind] if kind_of(kind).is_some() => {
                    one(&Expr::Tuple(tuple.clone())).map(|n| vec![n])
                }
                many => many.iter().map(|part| one(part)).collect(),
            }
        }
        Value::Is(value) => one(value).map(|name| vec![name]),
        Value::Nothing | Value::List(_) | Value::Of(..) => None,
    };
    let Some(names) = names.filter(|names| !names.is_empty()) else {
        let name = &word.name;
        diagnostics.on(
            word,
            format!("`{name}` takes the attribute's name in DynamoDB"),
            format!("write `{name} = \"…\"`, `{name} = (\"…\", N)` for a number, or `{name} = (\"a\", \"b\")` for several"),
        );
        return None;
    };
    Some(KeyNames {
        word: word.name.clone(),
        names,
    })
}

fn one(value: &Expr) -> Option<(LitStr, Kind)> {
    if let Some(name) = text(value) {
        return Some((name.clone(), Kind::S));
    }
    let Expr::Tuple(tuple) = value else {
        return None;
    };
    let parts: Vec<&Expr> = tuple.elems.iter().collect();
    match parts.as_slice() {
        [name, kind] => Some((text(name)?.clone(), kind_of(kind)?)),
        _ => None,
    }
}

fn kind_of(value: &Expr) -> Option<Kind> {
    let Expr::Path(path) = value else { return None };
    let ident = path.path.get_ident()?;
    match ident.to_string().as_str() {
        "S" => Some(Kind::S),
        "N" => Some(Kind::N),
        "B" => Some(Kind::B),
        _ => None,
    }
}

/// Reads `project = all`, `project = keys_only` or `project("total", note)`.
fn projection(word: &Word, diagnostics: &mut Diagnostics) -> Option<SharedProjection> {
    if let Value::List(names) = &word.value {
        let name = |input: syn::parse::ParseStream<'_>| match input.parse::<LitStr>() {
            Ok(name) => Ok(name),
            Err(_) => input.parse::<Ident>().map(of_ident),
        };
        let parser = |input: syn::parse::ParseStream<'_>| {
            Punctuated::<LitStr, Token![,]>::parse_terminated_with(input, name)
        };
        return match parser.parse2(names.clone()) {
            Ok(names) => Some(SharedProjection::Include(names.into_iter().collect())),
            Err(error) => {
                diagnostics.syntax(error);
                None
            }
        };
    }
    Some(match project(word, diagnostics)? {
        ProjectWord::All => SharedProjection::All,
        ProjectWord::KeysOnly => SharedProjection::KeysOnly,
        ProjectWord::Include(fields) => {
            SharedProjection::Include(fields.into_iter().map(of_ident).collect())
        }
    })
}

/// Returns an attribute that is named without quotes.
fn of_ident(name: Ident) -> LitStr {
    LitStr::new(&name.unraw().to_string(), name.span())
}
