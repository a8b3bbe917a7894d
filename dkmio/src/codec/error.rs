//! The error of the codec, with the path of the attribute.

use crate::error::{DecodeError, EncodeError, Error};
use crate::value::Item;
use serde::{de, ser};
use std::fmt;

/// One step of an attribute's path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PathStep {
    Name(String),
    Index(usize),
}

/// Why a value is not encoded or decoded, and the path of the value.
///
/// The path is collected while the error travels outwards, so that a value without an error pays nothing for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodecError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    message: String,
    /// The innermost step comes first.
    path: Vec<PathStep>,
    /// The kind that was to be read, if the item is of another one.
    expected_kind: Option<&'static str>,
}

impl CodecError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            message: message.into(),
            path: Vec::new(),
            expected_kind: None,
        }))
    }

    /// Returns the error of an item that is not of this kind.
    pub(crate) fn wrong_kind(expected: &'static str) -> Self {
        let mut error = Self::new(format!("the item is no `{expected}`"));
        error.0.expected_kind = Some(expected);
        error
    }

    /// Adds the next outer step of the path.
    pub(crate) fn within(mut self, step: PathStep) -> Self {
        self.0.path.push(step);
        self
    }

    pub(crate) fn within_name(self, name: &str) -> Self {
        self.within(PathStep::Name(name.to_owned()))
    }

    /// Returns an error at this path, whose outermost step comes first.
    pub(super) fn at(path: &[PathStep], message: impl Into<String>) -> Self {
        let path = path.iter().rev().cloned().collect();
        Self(Box::new(Details {
            message: message.into(),
            path,
            expected_kind: None,
        }))
    }

    /// `true` if a type that reads text was handed binary data that is none.
    pub(super) fn is_of_bytes_as_text(&self) -> bool {
        let found = self.0.message.strip_suffix(IS_NOT);
        let expected = found.and_then(|found| found.strip_suffix(", found binary data"));
        expected.is_some_and(|expected| expected.contains("string"))
    }

    pub(super) fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the path; the innermost step comes first.
    pub(super) fn steps(&self) -> &[PathStep] {
        &self.0.path
    }

    fn path(&self) -> String {
        let mut text = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                PathStep::Name(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(name);
                }
                PathStep::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text
    }

    pub(crate) fn into_encode(self, table: Option<&str>) -> Error {
        Error::Encode(EncodeError::new(table, self.path(), self.0.message))
    }

    pub(crate) fn into_decode(self, table: Option<&str>, key: Option<Item>) -> Error {
        self.into_decode_error(table, key).into()
    }

    pub(crate) fn into_decode_error(self, table: Option<&str>, key: Option<Item>) -> DecodeError {
        let expected_kind = self.0.expected_kind;
        DecodeError::new(table, key, self.path(), self.0.message).of_wrong_kind(expected_kind)
    }
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for CodecError {}

impl ser::Error for CodecError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

/// serde's own messages quote the value that was found. These name only its type, because values do not belong in logs.
impl de::Error for CodecError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected.to_string();
        // serde's `&str` expects this of a string that was not borrowed.
        if expected == "a borrowed string" {
            return Self::new(ESCAPED);
        }
        if found == de::Unexpected::NewtypeStruct {
            return Self::new(format!("expected {expected}, {NOT_HELD}"));
        }
        let found = type_of(found);
        if expected == "any valid JSON value" {
            return Self::new(format!(
                "expected {expected}, found {found}; `dkmio::Value` holds values of all types"
            ));
        }
        Self::new(format!("expected {expected}, found {found}"))
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!(
            "expected {expected}, found {}{IS_NOT}",
            type_of(found)
        ))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!(
            "expected one of {}, found another name",
            list(expected)
        ))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!(
            "expected only the attributes {}, found another",
            list(expected)
        ))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(MISSING).within_name(field)
    }
}

const IS_NOT: &str = " that is not";

const ESCAPED: &str = "the string has escapes in its JSON, such as `\\n` or `\\\"`, and a `&str` cannot borrow it; use `Cow<str>` with `#[serde(borrow)]`";

/// The message for a value within [`InNewtypes`](super::in_newtypes).
const NOT_HELD: &str = "found a set, or a number with more digits than the type keeps; use `dkmio::Set`, `dkmio::Number` or `dkmio::Value`";

pub(super) const MISSING: &str = "the attribute is missing";

fn type_of(found: de::Unexpected<'_>) -> &'static str {
    use de::Unexpected::*;
    match found {
        Bool(_) => "a boolean",
        Unsigned(_) | Signed(_) | Float(_) => "a number",
        Char(_) | Str(_) => "a string",
        Bytes(_) => "binary data",
        Unit | Option => "NULL",
        Seq => "a list",
        Map => "a map",
        NewtypeStruct => "a set or a long number",
        Enum | UnitVariant | NewtypeVariant | TupleVariant | StructVariant => "an enum",
        Other(_) => "something else",
    }
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    quoted.join(", ")
}
