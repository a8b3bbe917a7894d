//! What a value is a part of, and so how it is written.

use crate::value::SetMarker;

/// The form in which a value is written, which depends on what it is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonForm {
    /// A value with its type around it.
    Value,
    /// An item: a map without its type around it.
    Item,
    /// The name of a map entry.
    Name,
    /// The elements of a set.
    Set(SetMarker),
    /// One element of a set.
    Element(SetMarker),
    /// A number, of the exact text or value that is given.
    Number(TextPlace),
    /// Binary data, which is given in base64.
    Base64(TextPlace),
}

/// What the text of a number or of binary data is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextPlace {
    /// A value of its own, with its type around it.
    Value,
    /// An element of a set: in quotes, without its type.
    Element,
}
