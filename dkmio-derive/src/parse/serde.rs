//! Serde's attributes, as far as they decide names and presence. What serde itself refuses is left to serde.

use super::words::text;
use crate::diagnostics::Diagnostics;
use crate::rename::RenameRule;
use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, ExprPath, Ident, LitStr, Meta, Path, Token, Type};

const SERDE: &str = "serde";

/// Serde's attributes of a struct or enum.
#[derive(Default)]
pub(crate) struct SerdeContainer {
    /// The rule, and the word for it.
    pub(crate) rename_all: Option<(RenameRule, String)>,
    pub(crate) default: Option<SerdeDefault>,
    /// The words that change what the whole type looks like on the wire, and so are refused.
    pub(crate) reshaping: Vec<(String, Span)>,
    /// The type that is written in place of this one.
    pub(crate) into: Option<Type>,
    /// The words that make a map of an enum; to a struct they only add an attribute.
    pub(crate) tagging: Vec<(String, Span)>,
    /// The name in `tag = ".."`.
    pub(crate) tag: Option<String>,
    /// Where it says that a name which no field has is an error.
    pub(crate) denies_unknown: Option<Span>,
}

/// Serde's attributes of a field.
#[derive(Default)]
pub(crate) struct SerdeField {
    /// The name, with its span.
    pub(crate) rename: Option<LitStr>,
    /// Other names that the field is read by.
    pub(crate) aliases: Vec<(Span, String)>,
    pub(crate) default: Option<SerdeDefault>,
    pub(crate) skip: Option<Span>,
    pub(crate) skip_serializing: Option<Span>,
    pub(crate) skip_deserializing: Option<Span>,
    pub(crate) flatten: Option<Span>,
    pub(crate) borrow: Option<Span>,
    pub(crate) with: Option<(Span, ExprPath)>,
    pub(crate) serialize_with: Option<(Span, ExprPath)>,
    pub(crate) deserialize_with: Option<(Span, ExprPath)>,
    /// The function that tells whether the field is left out.
    pub(crate) skip_serializing_if: Option<(Span, ExprPath)>,
    /// `true` if any word says more about the field than its name and when it is left out.
    pub(crate) special: bool,
    /// The attributes as written, which the item types of indexes repeat.
    pub(crate) attributes: Vec<Attribute>,
}

/// The value that an absent field is read as.
#[derive(Clone)]
pub(crate) enum SerdeDefault {
    Trait,
    Function(ExprPath),
}

impl SerdeContainer {
    pub(crate) fn parse(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let mut parsed = Self::default();
        for meta in metas(attributes) {
            let Some(word) = meta.path().get_ident().map(ToString::to_string) else {
                continue;
            };
            match word.as_str() {
                "rename_all" => {
                    let name = one_name(&meta, diagnostics).map(|name| name.value());
                    parsed.rename_all =
                        name.and_then(|name| Some((RenameRule::from_word(&name)?, name)))
                }
                "default" => parsed.default = Some(default_of(&meta)),
                "transparent" | "from" | "try_from" | "into" | "remote" | "untagged" => {
                    if word == "into" {
                        parsed.into = literal(&meta).and_then(|text| text.parse().ok());
                    }
                    parsed.reshaping.push((word, meta.path().span()))
                }
                "deny_unknown_fields" => parsed.denies_unknown = Some(meta.path().span()),
                "tag" | "content" => {
                    let name = literal(&meta).map(|name| name.value());
                    parsed.tag = name.filter(|_| word == "tag").or(parsed.tag.take());
                    parsed.tagging.push((word, meta.path().span()));
                }
                _ => {}
            }
        }
        parsed
    }
}

impl SerdeField {
    pub(crate) fn parse(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let mut parsed = Self::default();
        for meta in metas(attributes) {
            let Some(word) = meta.path().get_ident().map(ToString::to_string) else {
                continue;
            };
            let span = meta.path().span();
            parsed.special |= !["rename", "skip_serializing_if"].contains(&word.as_str());
            match word.as_str() {
                "rename" => parsed.rename = one_name(&meta, diagnostics),
                "alias" => {
                    let name = literal(&meta).map(|name| name.value());
                    parsed.aliases.push((span, name.unwrap_or_default()));
                }
                "default" => parsed.default = Some(default_of(&meta)),
                "skip" => parsed.skip = Some(span),
                "skip_serializing" => parsed.skip_serializing = Some(span),
                "skip_serializing_if" => {
                    parsed.skip_serializing_if = path(&meta).map(|path| (span, path))
                }
                "skip_deserializing" => parsed.skip_deserializing = Some(span),
                "flatten" => parsed.flatten = Some(span),
                "borrow" => parsed.borrow = Some(span),
                "with" => parsed.with = path(&meta).map(|path| (span, path)),
                "serialize_with" => parsed.serialize_with = path(&meta).map(|path| (span, path)),
                "deserialize_with" => {
                    parsed.deserialize_with = path(&meta).map(|path| (span, path))
                }
                _ => {}
            }
        }
        parsed.attributes = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident(SERDE))
            .cloned()
            .collect();
        parsed
    }

    /// Returns the word by which serde never writes the field, or never reads it.
    pub(crate) fn skipped(&self) -> Option<(&'static str, Span)> {
        let whole = self.skip.map(|span| ("skip", span));
        whole
            .or(self.skip_serializing.map(|span| ("skip_serializing", span)))
            .or(self
                .skip_deserializing
                .map(|span| ("skip_deserializing", span)))
    }

    /// Returns whether the field has no attribute of its own on the wire.
    pub(crate) fn has_no_attribute(&self) -> bool {
        self.skip.is_some()
            || self.flatten.is_some()
            || (self.skip_serializing.is_some() && self.skip_deserializing.is_some())
    }

    /// Returns the type of the field as a key, if its adapter is dkmio's own, `dkmio::decimal`. What other adapters
    /// write is not known.
    pub(crate) fn key_of_adapter(&self, krate: Option<&Path>) -> Option<Path> {
        let mut path = self.with.as_ref()?.1.path.clone();
        let words = |path: &Path| -> Vec<String> {
            let words = path.segments.iter();
            words.map(|word| word.ident.to_string()).collect()
        };
        let mut adapter = krate.map_or_else(|| vec!["dkmio".to_owned()], words);
        adapter.push("decimal".to_owned());
        let mut found = words(&path);
        if found.len() > adapter.len() && found.last().is_some_and(|word| word == "option") {
            found.pop();
        }
        if found != adapter {
            return None;
        }
        path.segments
            .push(Ident::new("DecimalKey", Span::call_site()).into());
        Some(path)
    }

    /// Returns the word whose function reads the field, its span, and the function or its module.
    pub(crate) fn reading_adapter(&self) -> Option<(&'static str, Span, &ExprPath)> {
        let with = self.with.as_ref().map(|(span, path)| ("with", *span, path));
        with.or(self
            .deserialize_with
            .as_ref()
            .map(|(span, path)| ("deserialize_with", *span, path)))
    }

    /// Returns the word that gives the field a wire form other than its type's, and its span.
    pub(crate) fn adapter(&self) -> Option<(&'static str, Span)> {
        let with = self.with.as_ref().map(|(span, _)| ("with", *span));
        with.or(self
            .serialize_with
            .as_ref()
            .map(|(span, _)| ("serialize_with", *span)))
            .or(self
                .deserialize_with
                .as_ref()
                .map(|(span, _)| ("deserialize_with", *span)))
    }
}

fn metas(attributes: &[Attribute]) -> impl Iterator<Item = Meta> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident(SERDE))
        .filter_map(|attribute| {
            attribute
                .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                .ok()
        })
        .flatten()
}

fn literal(meta: &Meta) -> Option<LitStr> {
    text(&meta.require_name_value().ok()?.value).cloned()
}

fn path(meta: &Meta) -> Option<ExprPath> {
    literal(meta)?.parse().ok()
}

fn default_of(meta: &Meta) -> SerdeDefault {
    path(meta).map_or(SerdeDefault::Trait, SerdeDefault::Function)
}

/// Returns the name of `rename = ".."`, or of `rename(serialize = "..", deserialize = "..")` if both are equal.
fn one_name(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let Meta::List(list) = meta else {
        return literal(meta);
    };
    let directions = list
        .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
        .ok()?;
    let name_of = |word: &str| {
        directions
            .iter()
            .find(|meta| meta.path().is_ident(word))
            .and_then(literal)
    };
    let (writes, reads) = (name_of("serialize"), name_of("deserialize"));
    if writes.as_ref().map(LitStr::value) != reads.as_ref().map(LitStr::value) {
        let word = meta
            .path()
            .get_ident()
            .map(ToString::to_string)
            .unwrap_or_default();
        diagnostics.on(
            list,
            format!("`{word}` has different names for writing and reading"),
            format!("an attribute has one name in DynamoDB, which items are written, read, filtered and updated by: write `{word} = \"…\"`"),
        );
    }
    writes.or(reads)
}
