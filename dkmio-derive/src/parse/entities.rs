//! Reads an enum of entities.

use super::shared_table::shared_table_of;
use super::{Word, dkmio_crate, once, words};
use crate::diagnostics::Diagnostics;
use crate::keyword;
use syn::{Data, DeriveInput, Fields, Ident, Path, Type, Variant, Visibility};

/// An enum of entities, as declared.
pub(crate) struct Entities {
    pub(crate) krate: Option<Path>,
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) of: Option<Path>,
    /// The words that stand alone.
    pub(crate) collection: bool,
    pub(crate) skip_unknown: Option<Ident>,
    pub(crate) variants: Vec<EntityVariant>,
}

/// A variant, as declared.
pub(crate) struct EntityVariant {
    pub(crate) ident: Ident,
    /// The type that it holds, if it holds one.
    pub(crate) ty: Option<Type>,
    /// The word by which it takes items of other kinds.
    pub(crate) other: Option<Ident>,
}

const WORDS: &[&str] = &[keyword::OF, keyword::COLLECTION, keyword::SKIP_UNKNOWN];

/// Reads an enum of entities, unless its shape excludes it.
pub(crate) fn entities(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Entities> {
    let Data::Enum(data) = &input.data else {
        diagnostics.on(
            &input.ident,
            format!("`{}` is no enum, and a set of entities is one", input.ident),
            "write a variant for each entity: `enum Account { User(User), Order(Order) }`",
        );
        return None;
    };
    if !input.generics.params.is_empty() {
        diagnostics.on(
            &input.generics,
            "a set of entities cannot have generics or lifetimes",
            "use concrete, owned types",
        );
        return None;
    }
    let mut entities = Entities {
        krate: dkmio_crate(&input.attrs, diagnostics),
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        of: None,
        collection: false,
        skip_unknown: None,
        variants: Vec::new(),
    };
    for attribute in &input.attrs {
        if attribute.path().is_ident(keyword::ENTITIES) {
            for word in words(attribute, diagnostics) {
                entities.read(word, diagnostics);
            }
        }
    }
    let variants = data.variants.iter();
    entities.variants = variants.map(|v| variant(v, diagnostics)).collect();
    Some(entities)
}

impl Entities {
    fn read(&mut self, word: Word, diagnostics: &mut Diagnostics) {
        let name = word.name.to_string();
        match name.as_str() {
            keyword::OF => {
                let value = shared_table_of(&word, diagnostics);
                once(&mut self.of, &word.name, value, diagnostics);
            }
            keyword::COLLECTION => {
                word.bare(diagnostics);
                self.collection = true;
            }
            keyword::SKIP_UNKNOWN => {
                word.bare(diagnostics);
                self.skip_unknown = Some(word.name);
            }
            _ => diagnostics.on(
                &word,
                format!("unknown word `{name}` in `#[entities(..)]`"),
                keyword::suggest(&name, WORDS),
            ),
        }
    }
}

fn variant(variant: &Variant, diagnostics: &mut Diagnostics) -> EntityVariant {
    let mut other = None;
    for attribute in &variant.attrs {
        if !attribute.path().is_ident(keyword::ENTITIES) {
            continue;
        }
        for word in words(attribute, diagnostics) {
            if word.name == keyword::OTHER {
                word.bare(diagnostics);
                other = Some(word.name);
            } else {
                diagnostics.on(
                    &word,
                    format!("unknown word `{}` on a variant", word.name),
                    keyword::suggest(&word.name.to_string(), &[keyword::OTHER]),
                );
            }
        }
    }
    let ty = match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| field.ty.clone())
        }
        _ => None,
    };
    EntityVariant {
        ident: variant.ident.clone(),
        ty,
        other,
    }
}
