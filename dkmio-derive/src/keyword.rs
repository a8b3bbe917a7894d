//! The words of the attributes, each defined once, and the help for a word that is none of them.

use syn::Ident;

pub(crate) const DKMIO: &str = "dkmio";
pub(crate) const PK: &str = "pk";
pub(crate) const SK: &str = "sk";
pub(crate) const GSI: &str = "gsi";
pub(crate) const LSI: &str = "lsi";
pub(crate) const VECTOR_INDEX: &str = "vector_index";
pub(crate) const TTL: &str = "ttl";
pub(crate) const VERSION: &str = "version";
pub(crate) const CREATED_AT: &str = "created_at";
pub(crate) const UPDATED_AT: &str = "updated_at";
pub(crate) const PROJECTION: &str = "projection";

pub(crate) const TABLE: &str = "table";
pub(crate) const CRATE: &str = "crate";
pub(crate) const DERIVE: &str = "derive";
pub(crate) const NO_IMPLICIT_PRELUDE: &str = "no_implicit_prelude";
pub(crate) const DOCUMENT: &str = "document";
pub(crate) const NAME: &str = "name";
pub(crate) const PROJECT: &str = "project";
pub(crate) const ALL: &str = "all";
pub(crate) const ON: &str = "on";
pub(crate) const DIMENSIONS: &str = "dimensions";
pub(crate) const DISTANCE: &str = "distance";
pub(crate) const COSINE: &str = "cosine";
pub(crate) const DOT_PRODUCT: &str = "dot_product";
pub(crate) const EUCLIDEAN: &str = "euclidean";
pub(crate) const FILTER: &str = "filter";
pub(crate) const KEYS_ONLY: &str = "keys_only";
pub(crate) const OF: &str = "of";
pub(crate) const KEYS: &str = "keys";
pub(crate) const KEY: &str = "key";
pub(crate) const KIND: &str = "kind";
pub(crate) const WAS: &str = "was";
pub(crate) const ESCAPE: &str = "escape";
pub(crate) const REFUSE: &str = "refuse";
pub(crate) const ADOPT: &str = "adopt";
pub(crate) const RAW: &str = "raw";
pub(crate) const LOWER: &str = "lower";
pub(crate) const PATCH: &str = "patch";
pub(crate) const ENTITY: &str = "entity";
pub(crate) const ENTITIES: &str = "entities";
pub(crate) const COLLECTION: &str = "collection";
pub(crate) const SKIP_UNKNOWN: &str = "skip_unknown";
pub(crate) const OTHER: &str = "other";

macro_rules! words_of_dkmio {
    ($($(#[$doc:meta])* $name:ident { $($word:ident $text:expr,)* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(crate) enum $name { $($word,)* }

        impl $name {
            /// All words, for the help.
            pub(crate) const ALL: &[&str] = &[$($text,)*];

            /// Returns the word of this name.
            pub(crate) fn of(name: &Ident) -> Option<Self> {
                $(if *name == $text {
                    return Some(Self::$word);
                })*
                None
            }
        }
    )* };
}

// A new word is a line here, and rustc then asks the parser what the word means.
words_of_dkmio! {
    /// A word of `#[dkmio(..)]` on a table.
    TableWord {
        Table TABLE,
        Crate CRATE,
        Derive DERIVE,
        Escape ESCAPE,
        NoImplicitPrelude NO_IMPLICIT_PRELUDE,
    }

    /// A word of `#[dkmio(..)]` on a document, a key or a projection.
    TypeWord {
        Crate CRATE,
        NoImplicitPrelude NO_IMPLICIT_PRELUDE,
    }

    /// A word of `#[dkmio(..)]` on a field.
    FieldWord {
        Document DOCUMENT,
    }
}

/// Returns the help for a word that is not in `valid`: the nearest one if there is one, and the list.
pub(crate) fn suggest(word: &str, valid: &[&str]) -> String {
    let list = list(valid);
    match nearest(word, valid) {
        Some(near) => format!("did you mean `{near}`? {list}"),
        None => list,
    }
}

fn list(valid: &[&str]) -> String {
    match valid {
        [] => "nothing may stand here".to_owned(),
        [only] => format!("the only valid word is `{only}`"),
        many => format!("valid words are {}", ticked(many)),
    }
}

/// Returns the words in back-ticks, separated by commas.
pub(crate) fn ticked(words: &[impl AsRef<str>]) -> String {
    let ticked: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    ticked.join(", ")
}

/// Returns the parts as Rust writes them in one value: one as it is, several as a tuple.
pub(crate) fn tuple(parts: &[impl AsRef<str>]) -> String {
    match parts {
        [only] => only.as_ref().to_owned(),
        _ => {
            let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
            format!("({})", parts.join(", "))
        }
    }
}

/// Returns the word of `valid` that `word` was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, valid: &[&'a str]) -> Option<&'a str> {
    // Up to two wrong letters (swapping two counts as two) in a word long enough to tell are a typo; more is another word.
    let limit = if word.chars().count() < 4 {
        1
    } else {
        (word.chars().count() / 3).max(2)
    };
    valid
        .iter()
        .map(|candidate| (edit_distance(word, candidate), *candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Counts the letters to insert, drop or replace to get from one word to the other (Levenshtein).
fn edit_distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, from_letter) in from.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, to_letter) in to.iter().enumerate() {
            let replaced = row[j] + usize::from(from_letter != *to_letter);
            next.push(replaced.min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_word() {
        assert_eq!(nearest("tabel", &[TABLE, CRATE, DERIVE]), Some(TABLE));
        assert_eq!(nearest("tabl", &[TABLE, CRATE, DERIVE]), Some(TABLE));
        assert_eq!(nearest("projekt", &[NAME, PK, SK, PROJECT]), Some(PROJECT));
        assert_eq!(nearest("keysonly", &[ALL, KEYS_ONLY]), Some(KEYS_ONLY));
    }

    #[test]
    fn another_word_finds_nothing() {
        assert_eq!(nearest("capacity", &[NAME, PK, SK, PROJECT]), None);
    }

    #[test]
    fn edit_distance_counts_letters() {
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("abc", "abc"), 0);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }
}
