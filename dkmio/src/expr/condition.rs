use super::term::{Node as TermNode, Term};
use crate::attr::Path;
use std::ops;

/// A condition on an item: of a write, or a filter of a read.
///
/// Made by the operators of an attribute, such as `o.total().ge(100)`, and combined with `&`, `|` and `!`.
///
/// # Examples
///
/// ```
/// use dkmio::{Condition, attr};
/// use dkmio::expr::Expression;
///
/// let open = attr("status").eq("PENDING") | attr("status").eq("DRAFT");
/// let c = open & !attr("locked").exists();
/// let e = Expression::builder().condition(c).build()?;
/// assert_eq!(
///     e.condition(),
///     Some("(#status = :v0 OR #status = :v1) AND NOT attribute_exists(#locked)")
/// );
///
/// // Built from a list whose length is known at run time:
/// let any = Condition::any(["a", "b"].map(|tag| attr("tags").contains(tag)));
/// # let _ = any;
/// # Ok::<(), dkmio::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a condition does nothing until it is given to `.condition(..)` or `.filter(..)`"]
pub struct Condition(pub(crate) Node);

#[derive(Clone, Debug)]
pub(crate) enum Node {
    Compare(Term, Comparator, Term),
    Between(Term, Term, Term),
    In(Term, Vec<Term>),
    Exists(Path),
    NotExists(Path),
    BeginsWith(Term, Term),
    Contains(Term, Term),
    Type(Path, AttributeType),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparator {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Comparator {
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Eq => "=",
            Self::Ne => "<>",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }
}

/// The type of an attribute's value, for `attribute_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// A string.
    S,
    /// A number.
    N,
    /// Binary data.
    B,
    /// A boolean.
    Bool,
    /// NULL.
    Null,
    /// A list.
    L,
    /// A map.
    M,
    /// A string set.
    Ss,
    /// A number set.
    Ns,
    /// A binary set.
    Bs,
}

impl AttributeType {
    /// Returns DynamoDB's name of the type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
            Self::Bool => "BOOL",
            Self::Null => "NULL",
            Self::L => "L",
            Self::M => "M",
            Self::Ss => "SS",
            Self::Ns => "NS",
            Self::Bs => "BS",
        }
    }
}

impl Condition {
    /// Returns the condition that all of these hold; of none, one that always holds.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self(Node::And(conditions.into_iter().collect()))
    }

    /// Returns the condition that at least one of these holds; of none, one that never holds.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self(Node::Or(conditions.into_iter().collect()))
    }
}

impl Node {
    /// Returns the attribute that the condition compares with values.
    pub(crate) fn subject(&self) -> Option<&Path> {
        match self {
            Self::Compare(term, ..)
            | Self::Between(term, ..)
            | Self::In(term, _)
            | Self::BeginsWith(term, _)
            | Self::Contains(term, _) => match &term.0 {
                TermNode::Path(path) | TermNode::Size(path) => Some(path),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Condition {
    /// Collects the paths that the condition names.
    pub(crate) fn paths<'a>(&'a self, paths: &mut Vec<&'a Path>) {
        match &self.0 {
            Node::Compare(left, _, right)
            | Node::BeginsWith(left, right)
            | Node::Contains(left, right) => {
                left.paths(paths);
                right.paths(paths);
            }
            Node::Between(term, low, high) => {
                for term in [term, low, high] {
                    term.paths(paths);
                }
            }
            Node::In(term, values) => {
                term.paths(paths);
                for value in values {
                    value.paths(paths);
                }
            }
            Node::Exists(path) | Node::NotExists(path) | Node::Type(path, _) => paths.push(path),
            Node::And(conditions) | Node::Or(conditions) => {
                for condition in conditions {
                    condition.paths(paths);
                }
            }
            Node::Not(inner) => inner.paths(paths),
        }
    }
}

impl ops::BitAnd for Condition {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        match self.0 {
            Node::And(mut conditions) => {
                conditions.push(other);
                Self(Node::And(conditions))
            }
            node => Self(Node::And(vec![Self(node), other])),
        }
    }
}

impl ops::BitOr for Condition {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        match self.0 {
            Node::Or(mut conditions) => {
                conditions.push(other);
                Self(Node::Or(conditions))
            }
            node => Self(Node::Or(vec![Self(node), other])),
        }
    }
}

impl ops::Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        Self(Node::Not(Box::new(self)))
    }
}

/// Joins a further condition with AND.
pub(crate) fn and(slot: &mut Option<Condition>, condition: Condition) {
    *slot = Some(match slot.take() {
        Some(first) => first & condition,
        None => condition,
    });
}
