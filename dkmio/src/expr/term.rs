//! The operands of expressions: values, attributes, sizes, and the functions and sums of an update.

use crate::attr::Path;
use crate::codec::{CodecError, check_levels, encode};
use crate::value::AttributeValue;
use aws_sdk_dynamodb::primitives::Blob;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

/// Operators and functions that DynamoDB takes in one expression.
pub(super) const MAX_OPERATORS: usize = 300;

/// An operand: a value, an attribute, or something made of them.
///
/// # Examples
///
/// ```
/// use dkmio::expr::{Expression, Term, Update};
/// use dkmio::{AttributeValue, attr};
///
/// let old = attr("log").if_not_exists(Vec::<String>::new());
/// let update = Update::new()
///     .set(attr("log"), Term::list_append(old.into(), attr("draft").into()))
///     .set(attr("left"), Term::value(&100) - attr("used"))
///     .set(attr("copied"), Term::from(AttributeValue::Bool(true)));
/// let e = Expression::builder().update(update).build()?;
/// assert_eq!(
///     e.update(),
///     Some("SET #log = list_append(if_not_exists(#log, :v0), #draft), #left = :v1 - #used, #copied = :v2")
/// );
/// # Ok::<(), dkmio::Error>(())
/// ```
///
/// Its `Debug` has the attributes, and a `?` for each value.
#[derive(Clone)]
pub struct Term(pub(crate) TermKind);

/// A value that is encoded when the expression is made; its error is reported when the expression is used. `None` is
/// serde's `None`.
pub(crate) type Encoded = Result<Option<AttributeValue>, CodecError>;

#[derive(Clone)]
pub(crate) enum TermKind {
    /// Has too many operators: only their number is kept.
    TooLarge(usize),
    Value(Encoded),
    Path(Path),
    Size(Path),
    Arithmetic(Box<Term>, Sign, Box<Term>),
    IfNotExists(Path, Box<Term>),
    ListAppend(Box<Term>, Box<Term>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
}

impl Sign {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Plus => " + ",
            Self::Minus => " - ",
        }
    }
}

impl Term {
    /// Returns a literal value as an operand.
    pub fn value<T: Serialize + ?Sized>(value: &T) -> Self {
        Self(TermKind::Value(encode(value)))
    }

    pub(crate) fn attribute_value(value: AttributeValue) -> Self {
        Self(TermKind::Value(check_levels(value).map(Some)))
    }

    /// Returns the value that it is.
    pub(crate) fn into_value(self) -> Encoded {
        match self.0 {
            TermKind::Value(value) => value,
            _ => Err(CodecError::new("this must be a value, not an attribute")),
        }
    }

    /// Returns the value, if it is one.
    pub(crate) fn literal(&self) -> Option<&AttributeValue> {
        match &self.0 {
            TermKind::Value(Ok(value)) => value.as_ref(),
            _ => None,
        }
    }

    pub(crate) fn path(path: Path) -> Self {
        Self(TermKind::Path(path))
    }

    pub(crate) fn size(path: Path) -> Self {
        Self(TermKind::Size(path))
    }

    pub(crate) fn if_not_exists(path: Path, otherwise: Self) -> Self {
        Self(TermKind::IfNotExists(path, Box::new(otherwise))).bounded()
    }

    /// Returns `list_append(first, second)`: the elements of both lists.
    pub fn list_append(first: Self, second: Self) -> Self {
        Self(TermKind::ListAppend(Box::new(first), Box::new(second))).bounded()
    }

    pub(crate) fn arithmetic(self, sign: Sign, other: Self) -> Self {
        Self(TermKind::Arithmetic(Box::new(self), sign, Box::new(other))).bounded()
    }

    /// Counts the functions and the arithmetic, as DynamoDB's limit does.
    pub(crate) fn operators(&self) -> usize {
        match &self.0 {
            TermKind::Value(_) | TermKind::Path(_) => 0,
            TermKind::Size(_) => 1,
            TermKind::Arithmetic(a, _, b) | TermKind::ListAppend(a, b) => {
                let both = a.operators().saturating_add(b.operators());
                both.saturating_add(1)
            }
            TermKind::IfNotExists(_, otherwise) => otherwise.operators().saturating_add(1),
            TermKind::TooLarge(operators) => *operators,
        }
    }

    /// Keeps only the number of operators if DynamoDB does not take as many, so that no term is nested deeper than
    /// that.
    fn bounded(self) -> Self {
        match self.operators() {
            operators if operators > MAX_OPERATORS => Self(TermKind::TooLarge(operators)),
            _ => self,
        }
    }

    /// Collects the paths that the term names.
    pub(crate) fn paths<'a>(&'a self, paths: &mut Vec<&'a Path>) {
        match &self.0 {
            TermKind::Value(_) | TermKind::TooLarge(_) => {}
            TermKind::Path(path) | TermKind::Size(path) => paths.push(path),
            TermKind::Arithmetic(a, _, b) | TermKind::ListAppend(a, b) => {
                a.paths(paths);
                b.paths(paths);
            }
            TermKind::IfNotExists(path, otherwise) => {
                paths.push(path);
                otherwise.paths(paths);
            }
        }
    }

    /// Returns a set in place of a list whose elements are all strings, all numbers or all binary, because DynamoDB
    /// adds sets to sets and deletes sets from sets.
    pub(crate) fn list_as_set(self) -> Self {
        let TermKind::Value(Ok(Some(AttributeValue::L(list)))) = &self.0 else {
            return self;
        };
        let strings: Option<BTreeSet<&String>> = list.iter().map(|e| e.as_s().ok()).collect();
        let numbers: Option<BTreeSet<&String>> = list.iter().map(|e| e.as_n().ok()).collect();
        let binary: Option<BTreeSet<&[u8]>> = list
            .iter()
            .map(|e| e.as_b().ok().map(|blob| blob.as_ref()))
            .collect();
        let owned = |set: BTreeSet<&String>| set.into_iter().cloned().collect();
        let set = match (strings, numbers, binary) {
            (Some(strings), _, _) => AttributeValue::Ss(owned(strings)),
            (_, Some(numbers), _) => AttributeValue::Ns(owned(numbers)),
            (_, _, Some(binary)) => AttributeValue::Bs(binary.into_iter().map(Blob::new).collect()),
            _ => return self,
        };
        Self::attribute_value(set)
    }

    /// Returns whether DynamoDB needs an item to evaluate the term, because it refuses to set an attribute to an absent
    /// one.
    pub(crate) fn needs_item(&self) -> bool {
        match &self.0 {
            TermKind::Value(_) | TermKind::TooLarge(_) => false,
            TermKind::Path(_) | TermKind::Size(_) => true,
            TermKind::Arithmetic(a, _, b) | TermKind::ListAppend(a, b) => {
                a.needs_item() || b.needs_item()
            }
            TermKind::IfNotExists(_, otherwise) => otherwise.needs_item(),
        }
    }

    /// Returns whether setting an attribute to this removes the attribute: `None`, or an empty set.
    pub(crate) fn is_absent(&self) -> bool {
        match &self.0 {
            TermKind::Value(Ok(None)) => true,
            TermKind::Value(Ok(Some(AttributeValue::Ss(v) | AttributeValue::Ns(v)))) => {
                v.is_empty()
            }
            TermKind::Value(Ok(Some(AttributeValue::Bs(v)))) => v.is_empty(),
            _ => false,
        }
    }
}

/// Prints attributes and functions, without values.
impl fmt::Debug for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            TermKind::Value(_) => f.write_str("?"),
            TermKind::Path(path) => write!(f, "{path}"),
            TermKind::Size(path) => write!(f, "size({path})"),
            TermKind::Arithmetic(left, sign, right) => {
                write!(f, "{left:?}{}{right:?}", sign.text())
            }
            TermKind::IfNotExists(path, otherwise) => {
                write!(f, "if_not_exists({path}, {otherwise:?})")
            }
            TermKind::ListAppend(first, second) => write!(f, "list_append({first:?}, {second:?})"),
            TermKind::TooLarge(operators) => write!(f, "({operators} operators)"),
        }
    }
}

/// Returns a literal value as an operand.
#[doc(hidden)]
pub fn value<T: Serialize + ?Sized>(value: &T) -> Term {
    Term::value(value)
}

macro_rules! expressions {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name<T> {
            pub(crate) term: Term,
            types: PhantomData<fn() -> T>,
        }

        impl<T> $name<T> {
            pub(crate) fn new(term: Term) -> Self {
                Self {
                    term,
                    types: PhantomData,
                }
            }

            /// Returns this as a value for an attribute that is named at run time:
            /// `.set_expr(|_| attr("x"), |o| (o.total() + 1).untyped())`.
            pub fn untyped(self) -> Term {
                self.term
            }
        }
    )* };
}
expressions! {
    /// In an update: an attribute of type `T`, or a value where it is absent.
    IfNotExists;

    /// In an update: the sum or difference of two operands of type `T`. DynamoDB takes no third operand.
    Sum;
}

/// The size of an attribute: characters of a string, bytes of binary, elements of a list, map or set.
#[derive(Clone, Debug)]
pub struct SizeOf(pub(crate) Path);

/// A typed attribute as the operand of a dynamic one.
#[derive(Clone, Debug)]
pub struct UntypedAttr(pub(crate) Path);
