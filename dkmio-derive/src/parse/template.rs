//! Reads the text of a key template into literals and members.

use crate::keyword;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Ident, LitStr};

/// A key template as declared.
#[derive(Clone)]
pub(crate) struct Template {
    pub(crate) literal: LitStr,
    pub(crate) pieces: Vec<Piece>,
    /// What is wrong with its text.
    pub(crate) faults: Vec<Fault>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Literal(String),
    Member { name: String, format: Format },
}

/// How a member is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Plain,
    Digits(usize),
    Raw,
    Lower,
    First(usize),
}

/// What is wrong with a template's text, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) help: String,
}

const FORMATS: &str =
    "formats are `:0N` (digits), `:raw`, `:lower` and `:.N` (the first characters)";

impl Template {
    pub(crate) fn of(literal: LitStr) -> Self {
        let (pieces, faults) = pieces(&literal.value());
        Self {
            literal,
            pieces,
            faults,
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.literal.span()
    }

    /// Iterates over the names of its members.
    pub(crate) fn members(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Member { name, .. } => Some(name.as_str()),
            Piece::Literal(_) => None,
        })
    }
}

/// Splits a template's text.
fn pieces(text: &str) -> (Vec<Piece>, Vec<Fault>) {
    let (mut pieces, mut faults) = (Vec::new(), Vec::new());
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, found) = rest.split_at(at);
        literal.push_str(before);
        let brace = &found[..1];
        if found[1..].starts_with(brace) {
            literal.push_str(brace);
            rest = &found[2..];
            continue;
        }
        let end = found.find('}').filter(|_| brace == "{");
        let Some(end) = end else {
            faults.push(Fault {
                message: format!("`{brace}` has no other half"),
                help: "a member is `{field}`, and a brace itself is `{{` or `}}`".to_owned(),
            });
            rest = &found[1..];
            continue;
        };
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        let (member, fault) = member(&found[1..end]);
        pieces.extend(member);
        faults.extend(fault);
        rest = &found[end + 1..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    (pieces, faults)
}

/// Reads what is between the braces. A member with a wrong format is one without a format, so that its name is judged too.
fn member(text: &str) -> (Option<Piece>, Option<Fault>) {
    let (name, format) = text.split_once(':').unwrap_or((text, ""));
    let Ok(name) = Ident::parse_any.parse_str(name) else {
        let fault = Fault {
            message: format!("`{{{text}}}` names no field"),
            help: "a member is a field by its name in Rust: `{order_id}`".to_owned(),
        };
        return (None, Some(fault));
    };
    let (format, fault) = match format_of(format) {
        Ok(format) => (format, None),
        Err(fault) => (Format::Plain, Some(fault)),
    };
    let name = name.unraw().to_string();
    (Some(Piece::Member { name, format }), fault)
}

fn format_of(text: &str) -> Result<Format, Fault> {
    let number = |digits: &str| digits.parse::<usize>().ok().filter(|n| *n > 0);
    let format = match text {
        "" => Some(Format::Plain),
        keyword::RAW => Some(Format::Raw),
        keyword::LOWER => Some(Format::Lower),
        _ => match (text.strip_prefix('0'), text.strip_prefix('.')) {
            (Some(digits), _) => number(digits).map(Format::Digits),
            (_, Some(count)) => number(count).map(Format::First),
            _ => None,
        },
    };
    format.ok_or_else(|| Fault {
        message: format!("`{text}` is no format"),
        help: FORMATS.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(name: &str) -> Piece {
        Piece::Member {
            name: name.to_owned(),
            format: Format::Plain,
        }
    }

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    #[test]
    fn literals_and_members_alternate() {
        let (found, faults) = pieces("ORDER#{placed_at}#{order_id}");
        let expected = [
            literal("ORDER#"),
            plain("placed_at"),
            literal("#"),
            plain("order_id"),
        ];
        assert_eq!((found.as_slice(), faults.len()), (expected.as_slice(), 0));
        assert_eq!(pieces("PROFILE").0, [literal("PROFILE")]);
        assert_eq!(pieces("").0, []);
    }

    #[test]
    fn formats_are_read() {
        let format = |text: &str| match pieces(text).0.as_slice() {
            [Piece::Member { format, .. }] => Some(*format),
            _ => None,
        };
        assert_eq!(format("{n:012}"), Some(Format::Digits(12)));
        assert_eq!(format("{n:raw}"), Some(Format::Raw));
        assert_eq!(format("{n:lower}"), Some(Format::Lower));
        assert_eq!(format("{n:.7}"), Some(Format::First(7)));
    }

    #[test]
    fn a_member_may_be_called_like_a_word_of_rust() {
        assert_eq!(pieces("{type}").0, [plain("type")]);
        assert_eq!(pieces("{r#type}").0, [plain("type")]);
    }

    #[test]
    fn two_braces_are_one() {
        assert_eq!(pieces("a{{b}}c").0, [literal("a{b}c")]);
    }

    #[test]
    fn faults_are_all_found() {
        for (text, count) in [
            ("{a:x}", 1),
            ("{a", 1),
            ("a}", 1),
            ("{}", 1),
            ("{1}{b:0}", 2),
            ("{a:.0}", 1),
        ] {
            assert_eq!(pieces(text).1.len(), count, "{text}");
        }
    }
}
