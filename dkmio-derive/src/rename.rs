//! Serde's `rename_all`, so that the derive calls attributes what serde calls them.

use syn::Ident;
use syn::ext::IdentExt;

/// A case of `#[serde(rename_all = "..")]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RenameRule {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl RenameRule {
    const WORDS: &[(&str, Self)] = &[
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
        ("SCREAMING-KEBAB-CASE", Self::ScreamingKebab),
    ];

    /// Returns the rule that serde knows by this word; serde itself reports any other word.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, rule)| *rule)
    }

    /// Returns what serde makes of a field's name.
    ///
    /// Serde takes a field to be in snake case already, so `lowercase` and `snake_case` change nothing.
    pub(crate) fn apply_to_field(self, field: &str) -> String {
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(field),
            Self::Camel => {
                let pascal = pascal(field);
                let mut letters = pascal.chars();
                letters.next().map_or_else(String::new, |first| {
                    first.to_ascii_lowercase().to_string() + letters.as_str()
                })
            }
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

/// Returns `by_status` as `ByStatus`.
pub(crate) fn pascal(snake: &str) -> String {
    let mut pascal = String::new();
    let mut starts_word = true;
    for letter in snake.chars() {
        match letter {
            '_' => starts_word = true,
            _ if starts_word => {
                pascal.push(letter.to_ascii_uppercase());
                starts_word = false;
            }
            _ => pascal.push(letter),
        }
    }
    pascal
}

/// Returns `by_status` as `by-status`, the name of an index that has none of its own.
pub(crate) fn with_hyphens(accessor: &Ident) -> String {
    accessor.unraw().to_string().replace('_', "-")
}

/// Returns `LineItem` as `line_item`.
pub(crate) fn snake(pascal: &str) -> String {
    let mut snake = String::new();
    for (position, letter) in pascal.char_indices() {
        if position > 0 && letter.is_uppercase() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_serdes() {
        let cases = [
            ("lowercase", "user_id2", "user_id2"),
            ("UPPERCASE", "user_id2", "USER_ID2"),
            ("PascalCase", "user_id2", "UserId2"),
            ("camelCase", "user_id2", "userId2"),
            ("snake_case", "user_id2", "user_id2"),
            ("SCREAMING_SNAKE_CASE", "user_id2", "USER_ID2"),
            ("kebab-case", "user_id2", "user-id2"),
            ("SCREAMING-KEBAB-CASE", "user_id2", "USER-ID2"),
            ("camelCase", "_id", "id"),
        ];
        for (word, field, expected) in cases {
            assert_eq!(
                RenameRule::from_word(word)
                    .map(|rule| rule.apply_to_field(field))
                    .as_deref(),
                Some(expected),
                "{word}"
            );
        }
    }

    #[test]
    fn type_names_become_module_names_and_back() {
        assert_eq!(snake("LineItem"), "line_item");
        assert_eq!(pascal("by_status"), "ByStatus");
    }
}
