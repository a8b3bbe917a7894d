//! `Template`: the text of a key attribute, made of fields of the item.

pub(crate) mod bounds;
mod characters;
mod collide;
#[cfg(test)]
mod collisions;
mod member_fault;
mod member_text;
mod read;
#[cfg(test)]
mod rules;
mod unescape;
mod write;

#[doc(hidden)]
pub use self::collide::{may_collide, same_text};
pub(crate) use self::member_fault::MemberFault;
use crate::value::Form;

/// The text of one key attribute: literals, and members, which are fields of the item.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// The text as it is declared: `ORDER#{placed_at}#{order_id}`.
    pub text: &'static str,
    pub parts: &'static [Part],
    pub escape: Escape,
}

/// A part of a template.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Literal(&'static str),
    Member(Member),
}

/// A member in a template.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The index of the field in `EntitySchema::members`.
    pub index: usize,
    /// The field's name in Rust.
    pub name: &'static str,
    pub form: Form,
    pub format: Format,
}

/// How a template wants a member to be written.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `{n}`: as its type says.
    Plain,
    /// `{n:08}`: with zeros up to this many digits.
    Digits(usize),
    /// `{n:raw}`: digits as they are, in no order.
    Raw,
    /// `{s:lower}`: in lower case.
    Lower,
    /// `{s:.7}`: the first characters only.
    First(usize),
}

/// What becomes of a separator in the text of a member.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// All characters up to `%`, and the one that ends the member, are percent-encoded: different members make different
    /// keys, and keys sort member by member.
    Percent,
    /// Nothing is encoded, and a member with its separator in it is refused: for tables that exist. The last member has the
    /// separator before it.
    Refuse,
}
