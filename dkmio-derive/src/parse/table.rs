//! Reads a table or a document.

use super::runtime_path::{crate_path, unknown};
use super::shared_table::refuses;
use super::{
    Field, Index, IndexKey, NamedText, Record, SerdeContainer, TableKey, Value, VectorIndex, Word,
    index, named_fields, once, vector_index, words,
};
use crate::diagnostics::Diagnostics;
use crate::keyword::{self, TableWord};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Ident, LitStr, Path, Token};

/// A table as declared.
pub(crate) struct Table {
    pub(crate) record: Record,
    pub(crate) name: Option<LitStr>,
    /// `true` if a fault in `#[dkmio(..)]` has been reported, which may be why something is missing.
    pub(crate) misread: bool,
    /// The traits that the item types of indexes derive.
    pub(crate) derives: Option<Vec<Path>>,
    /// The indexes of the struct, then those of its fields.
    pub(crate) indexes: Vec<Index>,
    /// What `#[key(..)]` says.
    pub(crate) key: Option<TableKey>,
    /// The word of `escape = refuse`.
    pub(crate) refuses: Option<Ident>,
    pub(crate) vector_indexes: Vec<VectorIndex>,
}

/// What the words of a table's `#[dkmio(..)]` say.
#[derive(Default)]
struct Words {
    name: Option<LitStr>,
    krate: Option<Path>,
    derives: Option<Vec<Path>>,
    refuses: Option<Ident>,
}

/// Reads a table, unless its shape excludes it.
pub(crate) fn table(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Table> {
    let fields = named_fields(input, "a table", diagnostics)?;
    let (mut read, mut indexes, mut misread) = (Words::default(), Vec::new(), false);
    let mut key = None;
    let mut vector_indexes = Vec::new();
    for attribute in &input.attrs {
        if attribute.path().is_ident(keyword::KEY) {
            TableKey::read(&mut key, attribute, diagnostics);
            continue;
        }
        if !attribute.path().is_ident(keyword::DKMIO) {
            indexes.extend(index::index(attribute, None, diagnostics));
            vector_indexes.extend(vector_index::vector_index(attribute, diagnostics));
            continue;
        }
        let faults = diagnostics.count();
        for word in words(attribute, diagnostics) {
            match TableWord::of(&word.name) {
                Some(TableWord::Table) => {
                    let value = word.string(diagnostics);
                    once(&mut read.name, &word.name, value, diagnostics);
                }
                Some(TableWord::Crate) => {
                    let value = crate_path(&word, diagnostics);
                    once(&mut read.krate, &word.name, value, diagnostics);
                }
                Some(TableWord::Derive) => {
                    let value = derive_list(&word, diagnostics);
                    once(&mut read.derives, &word.name, value, diagnostics);
                }
                Some(TableWord::Escape) => {
                    if refuses(&word, diagnostics) {
                        read.refuses = Some(word.name);
                    }
                }
                Some(TableWord::NoImplicitPrelude) => word.bare(diagnostics),
                None => unknown(&word, TableWord::ALL, diagnostics),
            }
        }
        misread |= diagnostics.count() > faults;
    }
    let Words {
        name,
        krate,
        derives,
        refuses,
    } = read;
    let serde = SerdeContainer::parse(&input.attrs, diagnostics);
    let mut fields: Vec<Field> = fields
        .iter()
        .filter_map(|field| Field::parse(field, diagnostics))
        .collect();
    indexes.extend(
        fields
            .iter_mut()
            .flat_map(|field| std::mem::take(&mut field.indexes)),
    );
    if let Some(key) = &key {
        key.mark(&mut fields);
    }
    let record = Record {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        krate,
        serde,
        fields,
    };
    Some(Table {
        record,
        name,
        misread,
        derives,
        indexes,
        key,
        refuses,
        vector_indexes,
    })
}

impl Table {
    /// Returns the texts of the table's key, each with the word for it.
    pub(crate) fn key_texts(&self) -> impl Iterator<Item = (&Ident, &NamedText)> {
        let key = self.key.iter().flat_map(|key| key.pk.iter().chain(&key.sk));
        key.filter_map(IndexKey::named_text)
    }

    /// Returns whether any key is a text that is made of fields.
    pub(crate) fn is_templated(&self) -> bool {
        let of_indexes = self.indexes.iter().flat_map(Index::texts);
        self.key_texts().chain(of_indexes).next().is_some()
    }
}

/// Reads a document, unless its shape excludes it.
pub(crate) fn document(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<Record> {
    let fields = named_fields(input, "a document", diagnostics)?;
    let krate = super::dkmio_crate(&input.attrs, diagnostics);
    let serde = SerdeContainer::parse(&input.attrs, diagnostics);
    let fields = fields
        .iter()
        .filter_map(|field| Field::parse(field, diagnostics))
        .collect();
    Some(Record {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        krate,
        serde,
        fields,
    })
}

fn derive_list(word: &Word, diagnostics: &mut Diagnostics) -> Option<Vec<Path>> {
    if let Value::List(traits) = &word.value {
        match Punctuated::<Path, Token![,]>::parse_terminated.parse2(traits.clone()) {
            Ok(traits) => return Some(traits.into_iter().collect()),
            Err(error) => diagnostics.syntax(error),
        }
    } else {
        diagnostics.on(
            word,
            "`derive` takes a list of traits",
            "write what the item types of indexes derive, such as `derive(Debug, Clone)`",
        );
    }
    None
}
