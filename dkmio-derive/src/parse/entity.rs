//! Reads an entity of a shared table.

use super::index::{project, refuse_local_pk};
use super::key_text::{KeyText, key_text};
use super::shared_table::shared_table_of;
use super::{
    Field, IndexKind, ProjectWord, Record, SerdeContainer, Value, Word, named_fields, once, words,
};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use proc_macro2::Span;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{DeriveInput, Expr, Ident, LitStr, Path, Token};

/// An entity as declared.
pub(crate) struct Entity {
    pub(crate) record: Record,
    /// The shared table.
    pub(crate) of: Option<Path>,
    pub(crate) kind: Option<LitStr>,
    pub(crate) was: Vec<LitStr>,
    /// What the table's key attributes are made of.
    pub(crate) pk: Option<KeyText>,
    pub(crate) sk: Option<KeyText>,
    /// The attribute `#[key(..)]`, if there is one.
    pub(crate) key: Option<Span>,
    pub(crate) places: Vec<Place>,
    /// Fields with an attribute for an index, which stands above the struct.
    pub(crate) misplaced: Vec<(Ident, IndexKind, Span)>,
    /// `true` if a fault in an attribute has been reported, which may be why something is missing.
    pub(crate) misread: bool,
}

/// The place of an entity in an index of the table, as declared.
pub(crate) struct Place {
    pub(crate) kind: IndexKind,
    /// The whole attribute.
    pub(crate) span: Span,
    pub(crate) accessor: Option<Ident>,
    /// The index of the shared table.
    pub(crate) of: Option<Ident>,
    pub(crate) pk: Option<KeyText>,
    pub(crate) sk: Option<KeyText>,
    pub(crate) project: Vec<(Ident, ProjectWord)>,
    pub(crate) misread: bool,
}

const ENTITY_WORDS: &[&str] = &[keyword::OF, keyword::KIND, keyword::WAS];
const KEY_WORDS: &[&str] = &[keyword::PK, keyword::SK];
const GSI_WORDS: &[&str] = &[keyword::OF, keyword::PK, keyword::SK, keyword::PROJECT];
const LSI_WORDS: &[&str] = &[keyword::OF, keyword::SK, keyword::PROJECT];

/// Reads an entity, unless its shape excludes it.
pub(crate) fn entity(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Entity> {
    let fields = named_fields(input, "an entity", diagnostics)?;
    let krate = super::dkmio_crate(&input.attrs, diagnostics);
    let serde = SerdeContainer::parse(&input.attrs, diagnostics);
    let mut misplaced = Vec::new();
    let fields = fields
        .iter()
        .filter_map(|field| {
            // The words of an index of a table are others than those of a place in one.
            let mut field = field.clone();
            let ident = field.ident.clone()?;
            field.attrs.retain(|attribute| {
                let kind = IndexKind::of(attribute);
                misplaced.extend(kind.map(|kind| (ident.clone(), kind, attribute.path().span())));
                kind.is_none()
            });
            Field::parse(&field, diagnostics)
        })
        .collect();
    let mut entity = Entity {
        record: Record {
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            krate,
            serde,
            fields,
        },
        of: None,
        kind: None,
        was: Vec::new(),
        pk: None,
        sk: None,
        key: None,
        places: Vec::new(),
        misplaced,
        misread: false,
    };
    for attribute in &input.attrs {
        let faults = diagnostics.count();
        let path = attribute.path();
        if path.is_ident(keyword::ENTITY) {
            for word in words(attribute, diagnostics) {
                entity.read(word, diagnostics);
            }
            entity.misread |= diagnostics.count() > faults;
        } else if path.is_ident(keyword::KEY) {
            entity.key = Some(path.span());
            for word in words(attribute, diagnostics) {
                entity.read_key(&word, diagnostics);
            }
            entity.misread |= diagnostics.count() > faults;
        } else if let Some(kind) = IndexKind::of(attribute) {
            let mut place = Place {
                kind,
                span: path.span(),
                accessor: None,
                of: None,
                pk: None,
                sk: None,
                project: Vec::new(),
                misread: false,
            };
            for (position, word) in words(attribute, diagnostics).into_iter().enumerate() {
                place.read(position, word, diagnostics);
            }
            place.misread = diagnostics.count() > faults;
            entity.places.push(place);
        }
    }
    Some(entity)
}

impl Entity {
    fn read(&mut self, word: Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        match name.as_str() {
            keyword::OF => {
                let value = shared_table_of(&word, diagnostics);
                once(&mut self.of, &word.name, value, diagnostics);
            }
            keyword::KIND => {
                let value = word.string(diagnostics);
                once(&mut self.kind, &word.name, value, diagnostics);
            }
            keyword::WAS => match &word.value {
                Value::List(kinds) => {
                    match Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(kinds.clone()) {
                        Ok(kinds) => self.was.extend(kinds),
                        Err(error) => diagnostics.syntax(error),
                    }
                }
                _ => diagnostics.on(
                    &word,
                    "`was` takes a list of kinds",
                    "write `was(\"Order\")`: what items are called that were written before",
                ),
            },
            _ => diagnostics.on(
                &word,
                format!("unknown word `{name}` in `#[entity(..)]`"),
                keyword::suggest(&name, ENTITY_WORDS),
            ),
        }
    }

    fn read_key(&mut self, word: &Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        let slot = match name.as_str() {
            keyword::PK => &mut self.pk,
            keyword::SK => &mut self.sk,
            _ => {
                diagnostics.on(
                    word,
                    format!("unknown word `{name}` in `#[key(..)]`"),
                    keyword::suggest(&name, KEY_WORDS),
                );
                return;
            }
        };
        let value = key_text(word, diagnostics);
        once(slot, &word.name, value, diagnostics);
    }
}

impl Place {
    fn read(&mut self, position: usize, word: Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        match (name.as_str(), &word.value) {
            // The first word alone is the accessor, whatever it is called.
            (_, Value::Nothing) if position == 0 => self.accessor = Some(word.name),
            (keyword::OF, Value::Is(Expr::Path(path))) if path.path.get_ident().is_some() => {
                let value = path.path.get_ident().cloned();
                once(&mut self.of, &word.name, value, diagnostics);
            }
            (keyword::OF, _) => diagnostics.on(
                &word,
                "`of` takes the accessor of an index of the shared table",
                "write `of = gsi1`",
            ),
            (keyword::PK, _) if self.kind == IndexKind::Local => {
                refuse_local_pk(&word, diagnostics);
            }
            (keyword::PK, _) => {
                let value = key_text(&word, diagnostics);
                once(&mut self.pk, &word.name, value, diagnostics);
            }
            (keyword::SK, _) => {
                let value = key_text(&word, diagnostics);
                once(&mut self.sk, &word.name, value, diagnostics);
            }
            (keyword::PROJECT, _) => {
                let value = project(&word, diagnostics);
                self.project.extend(value.map(|value| (word.name, value)));
            }
            _ => {
                let (attribute, valid) = match self.kind {
                    IndexKind::Global => (keyword::GSI, GSI_WORDS),
                    IndexKind::Local => (keyword::LSI, LSI_WORDS),
                };
                diagnostics.on(
                    &word,
                    format!("unknown word `{name}` in `#[{attribute}(..)]` of an entity"),
                    keyword::suggest(&name, valid),
                );
            }
        }
    }
}
