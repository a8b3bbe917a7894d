use super::AttributeValue;
use std::borrow::Cow;

/// A value that a key can have, where it stands.
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
