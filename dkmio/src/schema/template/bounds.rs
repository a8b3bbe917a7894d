//! Text right before and after keys that begin alike: the bounds of ranges.

use super::Escape;
use super::member_text::{LAST, LAST_ESCAPED};

/// Returns text behind all keys that begin with this.
pub(crate) fn after_all(mut text: String) -> String {
    if let Some(last) = text.pop() {
        text.push(next(last));
    }
    text
}

/// Returns text behind all keys with this member, which `end` ends.
pub(crate) fn through(mut text: String, end: Option<char>) -> String {
    if let Some(end) = end {
        text.push(next(end));
    }
    text
}

/// Returns text behind all keys with this member, and before those with greater members.
pub(crate) fn after(mut text: String, end: Option<char>, escape: Escape) -> String {
    text.push(match (end, escape) {
        (Some(end), _) => next(end),
        // A longer member goes on with `%` or with what sorts after it.
        (None, Escape::Percent) => previous(LAST_ESCAPED).unwrap_or(LAST_ESCAPED),
        (None, Escape::Refuse) => '\0',
    });
    text
}

/// Returns text before this key, and behind all keys before it.
pub(crate) fn below(mut text: String) -> String {
    if let Some(last) = text.pop()
        && let Some(previous) = previous(last)
    {
        text.push(previous);
        text.push(LAST);
    }
    text
}

fn next(c: char) -> char {
    let code = u32::from(c) + 1;
    // Surrogates are no characters.
    char::from_u32(code).unwrap_or('\u{E000}')
}

/// Returns the character before this one; `None` if it is the first.
fn previous(c: char) -> Option<char> {
    let code = u32::from(c).checked_sub(1)?;
    Some(char::from_u32(code).unwrap_or('\u{D7FF}'))
}
