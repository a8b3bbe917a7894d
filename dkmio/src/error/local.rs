//! Errors that dkmio finds by itself.

use crate::value::Item;
use std::error::Error as StdError;
use std::fmt;

/// An item that does not read as the Rust type.
///
/// # Examples
///
/// ```
/// use dkmio::{Error, codec};
/// use std::collections::HashMap;
///
/// #[derive(Debug, serde::Deserialize)]
/// struct User { id: String, visits: u64 }
///
/// let item = HashMap::from([("id".to_owned(), dkmio::AttributeValue::S("usr_1".to_owned()))]);
/// let Err(Error::Decode(e)) = codec::from_item::<User>(item) else { panic!("`visits` is missing") };
/// assert_eq!(e.path(), "visits");
/// ```
pub struct DecodeError {
    table: Option<String>,
    key: Option<Box<Item>>,
    path: String,
    message: String,
    /// `true` if a write returned the item, so that the write was done.
    written: bool,
    /// The kind that was to be read, if the item is of another one.
    expected_kind: Option<&'static str>,
}

impl DecodeError {
    pub(crate) fn new(
        table: Option<&str>,
        key: Option<Item>,
        path: String,
        message: String,
    ) -> Self {
        Self {
            table: table.map(str::to_owned),
            key: key.map(Box::new),
            path,
            message,
            written: false,
            expected_kind: None,
        }
    }

    /// Says that the item is not of this kind.
    pub(crate) fn of_wrong_kind(mut self, expected: Option<&'static str>) -> Self {
        self.expected_kind = expected;
        self
    }

    pub(super) fn expected_kind(&self) -> Option<&'static str> {
        self.expected_kind
    }

    pub(super) fn mark_written(&mut self) {
        self.written = true;
    }

    /// Returns whether the item is what a write returned, so that the write was done although this is an error.
    pub fn after_write(&self) -> bool {
        self.written
    }

    /// Returns whether the item is of another kind than the entity that was read: [`Error::WrongKind`](super::Error::WrongKind).
    pub fn is_wrong_kind(&self) -> bool {
        self.expected_kind.is_some()
    }

    /// Returns the table's name, if the item came from a table.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// Returns the item's key, so that the item can be found and mended; it is not printed.
    pub fn key(&self) -> Option<&Item> {
        self.key.as_deref()
    }

    /// Returns the path of the attribute, such as `address.lines[2]`; empty for the item itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what was expected and what was found.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot read ")?;
        match self.path.as_str() {
            "" => f.write_str("the item")?,
            path => write!(f, "attribute `{path}`")?,
        }
        if let Some(table) = &self.table {
            write!(f, " of an item in `{table}`")?;
        }
        write!(f, ": {}", self.message)?;
        if self.written {
            f.write_str("; the write that returned it was done")?;
        }
        Ok(())
    }
}

/// Prints no values of the key.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key: Vec<&String> = self.key.iter().flat_map(|k| k.keys()).collect();
        key.sort();
        f.debug_struct("DecodeError")
            .field("table", &self.table)
            .field("key", &key)
            .field("path", &self.path)
            .field("message", &self.message)
            .finish()
    }
}

impl StdError for DecodeError {}

/// A Rust value with something in it that DynamoDB cannot store.
#[derive(Debug)]
pub struct EncodeError {
    table: Option<String>,
    path: String,
    message: String,
}

impl EncodeError {
    pub(crate) fn new(table: Option<&str>, path: String, message: String) -> Self {
        Self {
            table: table.map(str::to_owned),
            path,
            message,
        }
    }

    pub(super) fn locate(&mut self, table: &str) {
        self.table.get_or_insert_with(|| table.to_owned());
    }

    /// Puts the path of the attribute before that of what is wrong in its value.
    pub(super) fn prefix(&mut self, attribute: &str) {
        let separator = if self.path.is_empty() || self.path.starts_with('[') {
            ""
        } else {
            "."
        };
        self.path = format!("{attribute}{separator}{}", self.path);
    }

    /// Returns the path of the attribute, such as `address.lines[2]`; empty for the value itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what is wrong with it.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot write ")?;
        match self.path.as_str() {
            "" => f.write_str("the value")?,
            path => write!(f, "attribute `{path}`")?,
        }
        if let Some(table) = &self.table {
            write!(f, " to `{table}`")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl StdError for EncodeError {}

/// A dynamic attribute that the index does not project.
#[derive(Debug)]
pub struct InvalidProjection {
    attribute: String,
    index: String,
    projected: Vec<String>,
}

impl InvalidProjection {
    pub(crate) fn new(attribute: &str, index: &str, projected: Vec<String>) -> Self {
        Self {
            attribute: attribute.to_owned(),
            index: index.to_owned(),
            projected,
        }
    }

    /// Returns the attribute that was asked for.
    pub fn attribute(&self) -> &str {
        &self.attribute
    }

    /// Returns the index's name.
    pub fn index(&self) -> &str {
        &self.index
    }

    /// Returns the attributes that the index projects.
    pub fn projected(&self) -> &[String] {
        &self.projected
    }
}

impl fmt::Display for InvalidProjection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "attribute `{}` is not projected into index `{}`, which has `{}`; add it to the projection, or read the table",
            self.attribute,
            self.index,
            self.projected.join("`, `")
        )
    }
}

impl StdError for InvalidProjection {}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            message: String,
        }

        impl $name {
            pub(crate) fn new(message: impl Into<String>) -> Self {
                Self { message: message.into() }
            }

            /// Returns what is wrong.
            pub fn message(&self) -> &str {
                &self.message
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.message)
            }
        }

        impl StdError for $name {}
    )* };
}

messages! {
    /// A key that DynamoDB cannot take.
    InvalidKey;

    /// A cursor that is corrupt or foreign.
    InvalidCursor;
}
