//! Reads `#[key(..)]` of a table that has items of one kind.

use super::key_word::{IndexKey, table_key};
use super::{Field, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use proc_macro2::Span;
use syn::Attribute;
use syn::spanned::Spanned;

/// What `#[key(..)]` of a table says.
pub(crate) struct TableKey {
    /// The whole attribute.
    pub(crate) span: Span,
    pub(crate) pk: Option<IndexKey>,
    pub(crate) sk: Option<IndexKey>,
    /// `true` if a fault in the attribute has been reported, which may be why something is missing.
    pub(crate) misread: bool,
}

const WORDS: &[&str] = &[keyword::PK, keyword::SK];

impl TableKey {
    /// Reads `#[key(..)]` into `slot`, which has to be empty.
    pub(super) fn read(
        slot: &mut Option<Self>,
        attribute: &Attribute,
        diagnostics: &mut Diagnostics,
    ) {
        let faults = diagnostics.count();
        let path = attribute.path();
        if slot.is_some() {
            diagnostics.on(path, "`#[key(..)]` is given twice", "keep one of them");
            return;
        }
        let mut read = Self {
            span: path.span(),
            pk: None,
            sk: None,
            misread: false,
        };
        for word in words(attribute, diagnostics) {
            let name = word.name.to_string();
            let to = match name.as_str() {
                keyword::PK => &mut read.pk,
                keyword::SK => &mut read.sk,
                _ => {
                    diagnostics.on(
                        &word,
                        format!("unknown word `{name}` in `#[key(..)]`"),
                        keyword::suggest(&name, WORDS),
                    );
                    continue;
                }
            };
            let value = table_key(&word, "", diagnostics);
            once(to, &word.name, value, diagnostics);
        }
        read.misread = diagnostics.count() > faults;
        *slot = Some(read);
    }

    /// Marks the fields that it names, as `#[pk]` and `#[sk]` do.
    pub(super) fn mark(&self, fields: &mut [Field]) {
        for (key, is_partition) in [(&self.pk, true), (&self.sk, false)] {
            let Some(name) = key.as_ref().and_then(|key| key.fields.first()) else {
                continue;
            };
            for field in fields.iter_mut().filter(|field| field.ident == *name) {
                let slot = if is_partition {
                    &mut field.pk
                } else {
                    &mut field.sk
                };
                slot.get_or_insert(name.span());
            }
        }
    }
}
