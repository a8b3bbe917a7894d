//! The value of a key attribute, borrowed, so that keys are checked and written without a copy.

use super::AttributeValue;
use std::borrow::Cow;

/// A value of a type that a key can have, borrowed from an item or from its JSON.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Scalar<'a> {
    S(Cow<'a, str>),
    /// The text of a number.
    N(Cow<'a, str>),
    B(Cow<'a, [u8]>),
}

impl<'a> Scalar<'a> {
    pub(crate) fn of(value: &'a AttributeValue) -> Option<Self> {
        match value {
            AttributeValue::S(text) => Some(Self::S(Cow::Borrowed(text))),
            AttributeValue::N(text) => Some(Self::N(Cow::Borrowed(text))),
            AttributeValue::B(data) => Some(Self::B(Cow::Borrowed(data.as_ref()))),
            _ => None,
        }
    }
}
