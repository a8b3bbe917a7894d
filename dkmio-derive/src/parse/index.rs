//! Reads `#[gsi(..)]` and `#[lsi(..)]`, of a struct or of a field.

use super::key_word::{IndexKey, NamedText, ident, table_key};
use super::{Value, Word, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use proc_macro2::Span;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitStr, Token};

/// Global or local.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexKind {
    Global,
    Local,
}

/// An index as declared.
pub(crate) struct Index {
    pub(crate) kind: IndexKind,
    /// The whole attribute.
    pub(crate) span: Span,
    pub(crate) accessor: Option<Ident>,
    pub(crate) name: Option<LitStr>,
    pub(crate) pk: Option<IndexKey>,
    pub(crate) sk: Option<IndexKey>,
    pub(crate) project: Vec<(Ident, ProjectWord)>,
    /// The field that carries the attribute, if a field does.
    pub(crate) on_field: Option<Ident>,
    /// `true` if a fault in the attribute has been reported, which may be why something is missing.
    pub(crate) misread: bool,
}

/// What `project` says.
pub(crate) enum ProjectWord {
    All,
    KeysOnly,
    Include(Vec<Ident>),
}

impl IndexKind {
    /// Returns of which kind of index the attribute is; `None` if it is of none.
    pub(super) fn of(attribute: &Attribute) -> Option<Self> {
        let kinds = [Self::Global, Self::Local].into_iter();
        let mut kinds = kinds.filter(|kind| attribute.path().is_ident(kind.word()));
        kinds.next()
    }

    /// Returns the attribute's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Global => keyword::GSI,
            Self::Local => keyword::LSI,
        }
    }

    /// Returns how the names of its key attributes often begin.
    fn prefix(self) -> &'static str {
        match self {
            Self::Global => "GSI1",
            Self::Local => "LSI1",
        }
    }

    /// Returns the words of an index, but for the accessor.
    pub(super) fn words(self) -> &'static [&'static str] {
        match self {
            Self::Global => &[keyword::NAME, keyword::PK, keyword::SK, keyword::PROJECT],
            Self::Local => &[keyword::NAME, keyword::SK, keyword::PROJECT],
        }
    }
}

/// Reports the `pk` of a local index.
pub(super) fn refuse_local_pk(word: &Word, diagnostics: &mut Diagnostics) {
    diagnostics.on(word, "a local index has no `pk` of its own", "it has the table's partition key: leave `pk` out, or write `#[gsi(..)]` for a global index");
}

/// Returns the index that the attribute declares, if it declares one.
pub(super) fn index(
    attribute: &Attribute,
    on_field: Option<&Ident>,
    diagnostics: &mut Diagnostics,
) -> Option<Index> {
    let kind = IndexKind::of(attribute)?;
    let mut index = Index {
        kind,
        span: attribute.path().span(),
        accessor: None,
        name: None,
        pk: None,
        sk: None,
        project: Vec::new(),
        on_field: on_field.cloned(),
        misread: false,
    };
    let faults = diagnostics.count();
    for (position, word) in words(attribute, diagnostics).into_iter().enumerate() {
        index.read(position, word, diagnostics);
    }
    index.misread = diagnostics.count() > faults;
    Some(index)
}

impl Index {
    /// Returns the texts of its keys, each with the word for it.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&Ident, &NamedText)> {
        let keys = self.pk.iter().chain(&self.sk);
        keys.filter_map(IndexKey::named_text)
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
                let value = table_key(&word, self.kind.prefix(), diagnostics);
                once(&mut self.pk, &word.name, value, diagnostics);
            }
            (keyword::SK, _) => {
                let value = table_key(&word, self.kind.prefix(), diagnostics);
                once(&mut self.sk, &word.name, value, diagnostics);
            }
            (keyword::PROJECT, _) => {
                let value = project(&word, diagnostics);
                self.project.extend(value.map(|value| (word.name, value)));
            }
            _ => {
                let attribute = self.kind.word();
                diagnostics.on(
                    &word,
                    format!("unknown word `{name}` in `#[{attribute}(..)]`"),
                    keyword::suggest(&name, self.kind.words()),
                );
            }
        }
    }
}

pub(super) fn project(word: &Word, diagnostics: &mut Diagnostics) -> Option<ProjectWord> {
    const HELP: &str = "write `project(field, ..)`, `project = keys_only` or `project = all`";
    match &word.value {
        Value::Is(value) => match ident(value) {
            Some(value) if value == keyword::ALL => return Some(ProjectWord::All),
            Some(value) if value == keyword::KEYS_ONLY => return Some(ProjectWord::KeysOnly),
            Some(other) => {
                let help =
                    keyword::suggest(&other.to_string(), &[keyword::ALL, keyword::KEYS_ONLY]);
                diagnostics.on(
                    &other,
                    format!("unknown projection `{other}`"),
                    format!("{help}; to name fields write `project({other})`"),
                );
            }
            None => diagnostics.on(
                value,
                "`project` takes a word, or fields in parentheses",
                HELP,
            ),
        },
        Value::List(fields) => {
            match Punctuated::<Ident, Token![,]>::parse_terminated.parse2(fields.clone()) {
                Ok(fields) if fields.is_empty() => diagnostics.on(
                    word,
                    "`project()` names no field",
                    "write `project = keys_only` to project nothing but the keys",
                ),
                Ok(fields) => return Some(ProjectWord::Include(fields.into_iter().collect())),
                Err(error) => diagnostics.at(
                    error.span(),
                    format!("`project(..)` takes the names of fields: {error}"),
                    HELP,
                ),
            }
        }
        Value::Nothing => diagnostics.on(word, "`project` needs a value", HELP),
        Value::Of(..) => diagnostics.on(word, "`project` takes one value", HELP),
    }
    None
}
