//! Conditions and filters, as they are made by operators.

use super::term::{Term, TermKind};
use crate::attr::Path;
use std::fmt;

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
///
/// A condition that has more operators than DynamoDB takes, 300, is an error of the request that it is given to. Its
/// `Debug` has the attributes and operators, and a `?` for each value.
#[derive(Clone)]
#[must_use = "a condition does nothing until it is given to `.condition(..)` or `.filter(..)`"]
pub struct Condition(pub(crate) ConditionKind);

/// Made by [`fold`](super::fold) only, so that it has no constants in it and is not nested deeper than it has
/// operators.
#[derive(Clone)]
pub(crate) enum ConditionKind {
    /// Holds for every item, so that nothing is sent.
    Always,
    /// Holds for no item; with an attribute, if one is known, that is needed to write such a condition.
    Never(Option<Path>),
    /// Has too many operators: only their number is kept.
    TooLarge(usize),
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

/// The type of an attribute's value, as `attribute_type` takes it.
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

impl ConditionKind {
    /// Returns the attribute that the condition compares with values.
    pub(crate) fn subject(&self) -> Option<&Path> {
        match self {
            Self::Compare(term, ..)
            | Self::Between(term, ..)
            | Self::In(term, _)
            | Self::BeginsWith(term, _)
            | Self::Contains(term, _) => match &term.0 {
                TermKind::Path(path) | TermKind::Size(path) => Some(path),
                _ => None,
            },
            Self::Always
            | Self::Never(_)
            | Self::TooLarge(_)
            | Self::Exists(_)
            | Self::NotExists(_)
            | Self::Type(..)
            | Self::And(_)
            | Self::Or(_)
            | Self::Not(_) => None,
        }
    }
}

impl Condition {
    /// Collects the paths that the condition names.
    pub(crate) fn paths<'a>(&'a self, paths: &mut Vec<&'a Path>) {
        match &self.0 {
            ConditionKind::Compare(left, _, right)
            | ConditionKind::BeginsWith(left, right)
            | ConditionKind::Contains(left, right) => {
                left.paths(paths);
                right.paths(paths);
            }
            ConditionKind::Between(term, low, high) => {
                for term in [term, low, high] {
                    term.paths(paths);
                }
            }
            ConditionKind::In(term, values) => {
                term.paths(paths);
                for value in values {
                    value.paths(paths);
                }
            }
            ConditionKind::Exists(path)
            | ConditionKind::NotExists(path)
            | ConditionKind::Type(path, _)
            | ConditionKind::Never(Some(path)) => paths.push(path),
            ConditionKind::Always | ConditionKind::Never(None) | ConditionKind::TooLarge(_) => {}
            ConditionKind::And(conditions) | ConditionKind::Or(conditions) => {
                for condition in conditions {
                    condition.paths(paths);
                }
            }
            ConditionKind::Not(inner) => inner.paths(paths),
        }
    }
}

impl ConditionKind {
    /// Returns whether the condition can hold where there is no item: nothing exists then, and comparisons are false.
    pub(crate) fn holds_without_item(&self) -> bool {
        match self {
            Self::Always | Self::NotExists(_) | Self::Compare(_, Comparator::Ne, _) => true,
            Self::And(conditions) => conditions.iter().all(|c| c.0.holds_without_item()),
            Self::Or(conditions) => conditions.iter().any(|c| c.0.holds_without_item()),
            Self::Not(inner) => !inner.0.holds_without_item(),
            Self::Never(_)
            | Self::TooLarge(_)
            | Self::Compare(..)
            | Self::Between(..)
            | Self::In(..)
            | Self::Exists(_)
            | Self::BeginsWith(..)
            | Self::Contains(..)
            | Self::Type(..) => false,
        }
    }
}

/// Prints attributes and operators, without values.
impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn joined(
            f: &mut fmt::Formatter<'_>,
            conditions: &[Condition],
            operator: &str,
        ) -> fmt::Result {
            f.write_str("(")?;
            for (index, condition) in conditions.iter().enumerate() {
                if index > 0 {
                    f.write_str(operator)?;
                }
                condition.fmt(f)?;
            }
            f.write_str(")")
        }
        match &self.0 {
            ConditionKind::Always => f.write_str("always"),
            ConditionKind::Never(_) => f.write_str("never"),
            ConditionKind::TooLarge(operators) => write!(f, "({operators} operators)"),
            ConditionKind::Compare(left, comparator, right) => {
                write!(f, "{left:?} {} {right:?}", comparator.symbol())
            }
            ConditionKind::Between(term, low, high) => {
                write!(f, "{term:?} BETWEEN {low:?} AND {high:?}")
            }
            ConditionKind::In(term, values) => write!(f, "{term:?} IN ({} values)", values.len()),
            ConditionKind::Exists(path) => write!(f, "attribute_exists({path})"),
            ConditionKind::NotExists(path) => write!(f, "attribute_not_exists({path})"),
            ConditionKind::BeginsWith(term, prefix) => {
                write!(f, "begins_with({term:?}, {prefix:?})")
            }
            ConditionKind::Contains(term, element) => write!(f, "contains({term:?}, {element:?})"),
            ConditionKind::Type(path, kind) => {
                write!(f, "attribute_type({path}, {})", kind.as_str())
            }
            ConditionKind::And(conditions) => joined(f, conditions, " AND "),
            ConditionKind::Or(conditions) => joined(f, conditions, " OR "),
            ConditionKind::Not(inner) => {
                f.write_str("NOT ")?;
                inner.fmt(f)
            }
        }
    }
}
