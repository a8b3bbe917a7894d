//! Key conditions of queries: by names for the bare SDK client, and by types in `.sk(|k| ..)`.

use super::condition::Comparator;
use super::operand::Operand;
use super::prefix::PrefixValue;
use super::term::{Term, TermKind};
use crate::attr::Any;
use crate::codec::CodecError;
use crate::schema::{End, KeyFault, KeySchema, KeyValue, KeyValues, SortState, key_values};
use crate::value::{AttributeValue, Prefix, compare_scalars};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

/// The key condition of a query, by names: for use with the bare SDK client.
///
/// A model's queries make their key conditions from types.
///
/// # Examples
///
/// ```
/// use dkmio::expr::{Expression, KeyCondition};
///
/// let key = KeyCondition::partition("user_id", "usr_123").between("created_at", "2025-01", "2025-06");
/// let e = Expression::builder().key_condition(key).build()?;
/// assert_eq!(e.key_condition(), Some("#user_id = :v0 AND #created_at BETWEEN :v1 AND :v2"));
/// # Ok::<(), dkmio::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a key condition does nothing until an expression is built with it"]
pub struct KeyCondition {
    pub(crate) parts: Vec<KeyPart>,
}

/// The condition on one key attribute.
#[derive(Clone)]
pub(crate) struct KeyPart {
    pub(crate) name: Cow<'static, str>,
    pub(crate) operator: KeyOperator,
    pub(crate) values: KeyValues,
}

/// Prints no values.
impl fmt::Debug for KeyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operator {
            KeyOperator::Compare(comparator) => {
                write!(f, "{} {} ?", self.name, comparator.symbol())
            }
            KeyOperator::Between => write!(f, "{} BETWEEN ? AND ?", self.name),
            KeyOperator::BeginsWith => write!(f, "begins_with({}, ?)", self.name),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyOperator {
    Compare(Comparator),
    Between,
    BeginsWith,
}

impl KeyOperator {
    /// Returns whether a key's value fulfils the condition; `false` if the values cannot be compared.
    pub(crate) fn holds(self, key: &AttributeValue, values: &[AttributeValue]) -> bool {
        let ordering = |at: usize| compare_scalars(key, values.get(at)?);
        match self {
            Self::Compare(comparator) => ordering(0).is_some_and(|o| match comparator {
                Comparator::Eq => o.is_eq(),
                Comparator::Ne => o.is_ne(),
                Comparator::Lt => o.is_lt(),
                Comparator::Le => o.is_le(),
                Comparator::Gt => o.is_gt(),
                Comparator::Ge => o.is_ge(),
            }),
            Self::Between => {
                ordering(0).is_some_and(Ordering::is_ge) && ordering(1).is_some_and(Ordering::is_le)
            }
            Self::BeginsWith => match (key, values.first()) {
                (AttributeValue::S(key), Some(AttributeValue::S(prefix))) => {
                    key.starts_with(prefix)
                }
                (AttributeValue::B(key), Some(AttributeValue::B(prefix))) => {
                    key.as_ref().starts_with(prefix.as_ref())
                }
                _ => false,
            },
        }
    }
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $method:ident $comparator:ident;)*) => { $(
        $(#[$doc])*
        pub fn $method(self, name: impl Into<Cow<'static, str>>, value: impl Operand<Any>) -> Self {
            self.part(name, KeyOperator::Compare(Comparator::$comparator), values([value.into_term()]))
        }
    )* };
}

impl KeyCondition {
    /// Returns the condition that the partition key attribute has this value.
    pub fn partition(name: impl Into<Cow<'static, str>>, value: impl Operand<Any>) -> Self {
        Self { parts: Vec::new() }.eq(name, value)
    }

    comparisons! {
        /// Adds: the key attribute equals the value.
        eq Eq;
        /// Adds: the sort key attribute is less than the value.
        lt Lt;
        /// Adds: the sort key attribute is less than or equal to the value.
        le Le;
        /// Adds: the sort key attribute is greater than the value.
        gt Gt;
        /// Adds: the sort key attribute is greater than or equal to the value.
        ge Ge;
    }

    /// Adds: the sort key attribute lies between the values, both included.
    pub fn between(
        self,
        name: impl Into<Cow<'static, str>>,
        low: impl Operand<Any>,
        high: impl Operand<Any>,
    ) -> Self {
        let bounds = values([low.into_term(), high.into_term()]);
        self.part(name, KeyOperator::Between, bounds)
    }

    /// Adds: the sort key attribute, a string or binary, begins with the prefix.
    pub fn begins_with(
        self,
        name: impl Into<Cow<'static, str>>,
        prefix: impl Operand<Any>,
    ) -> Self {
        let prefix = values([prefix.into_term()]);
        self.part(name, KeyOperator::BeginsWith, prefix)
    }

    fn part(
        mut self,
        name: impl Into<Cow<'static, str>>,
        operator: KeyOperator,
        values: KeyValues,
    ) -> Self {
        self.parts.push(KeyPart {
            name: name.into(),
            operator,
            values,
        });
        self
    }

    /// Makes the key condition of a model's query.
    pub(crate) fn typed(
        keys: &'static KeySchema,
        partition: Vec<AttributeValue>,
        sort: Vec<(KeyOperator, KeyValues)>,
    ) -> Self {
        let partition = keys.partition().iter().zip(partition);
        let mut parts: Vec<KeyPart> = partition
            .map(|(element, value)| KeyPart {
                name: Cow::Borrowed(element.name()),
                operator: KeyOperator::Compare(Comparator::Eq),
                values: Ok(vec![value]),
            })
            .collect();
        let sort = keys.sort().iter().zip(sort);
        parts.extend(sort.map(|(element, (operator, values))| KeyPart {
            name: Cow::Borrowed(element.name()),
            operator,
            values,
        }));
        Self { parts }
    }
}

pub(super) fn values<const N: usize>(terms: [Term; N]) -> KeyValues {
    terms
        .into_iter()
        .map(|term| match term.0 {
            TermKind::Value(value) => Ok(value?.unwrap_or(AttributeValue::Null(true))),
            _ => Err(KeyFault::from(CodecError::new(
                "a key is compared with a value, not with an attribute",
            ))),
        })
        .collect()
}

/// An operator of conditions and filters on a sort key: DynamoDB has no such key condition.
#[diagnostic::on_unimplemented(
    message = "DynamoDB has no such condition on a sort key",
    label = "not a sort key condition",
    note = "it compares sort keys with `eq`, `lt`, `le`, `gt`, `ge`, `between` and `begins_with`"
)]
pub trait NotASortKeyCondition {}

/// The attributes of a sort key that are still to be compared, in `.sk(|k| ..)`.
///
/// A sort key of several attributes is compared left to right: `k.eq(2025).eq(3).ge(14)`; a range ends it.
#[must_use = "the sort key has no condition until it is compared"]
pub struct SortKey<R> {
    conditions: Vec<(KeyOperator, KeyValues)>,
    rest: PhantomData<R>,
}

macro_rules! ranges {
    ($($(#[$doc:meta])* $method:ident $comparator:ident;)*) => { $(
        $(#[$doc])*
        pub fn $method<V, H>(self, value: V) -> SortKey<End>
        where
            R: SortState<Head = H>,
            V: KeyValue<H>,
        {
            self.push(KeyOperator::Compare(Comparator::$comparator), key_values(value, 1))
        }
    )* };
}

/// Defines operators that people look for and DynamoDB does not have, so that rustc says so.
macro_rules! refused {
    ($($method:ident)*) => { $(
        #[doc(hidden)]
        pub fn $method<V>(self, _: V) -> SortKey<End>
        where
            Self: NotASortKeyCondition,
        {
            unreachable!("excluded by `NotASortKeyCondition`, which nothing implements")
        }
    )* };
}

#[allow(
    clippy::should_implement_trait,
    reason = "they make conditions, not booleans"
)]
impl<R> SortKey<R> {
    pub(super) fn start() -> Self {
        Self {
            conditions: Vec::new(),
            rest: PhantomData,
        }
    }

    pub(super) fn into_conditions(self) -> Vec<(KeyOperator, KeyValues)> {
        self.conditions
    }

    fn push<Q>(mut self, operator: KeyOperator, values: KeyValues) -> SortKey<Q> {
        self.conditions.push((operator, values));
        SortKey {
            conditions: self.conditions,
            rest: PhantomData,
        }
    }

    /// Equal (`=`); the next attribute of the sort key may follow.
    pub fn eq<V, H, T>(self, value: V) -> SortKey<T>
    where
        R: SortState<Head = H, Tail = T>,
        V: KeyValue<H>,
    {
        self.push(KeyOperator::Compare(Comparator::Eq), key_values(value, 1))
    }

    ranges! {
        /// Less than (`<`).
        lt Lt;
        /// Less than or equal (`<=`).
        le Le;
        /// Greater than (`>`).
        gt Gt;
        /// Greater than or equal (`>=`).
        ge Ge;
    }

    /// From `low` to `high`, both included (`BETWEEN`).
    pub fn between<V, W, H>(self, low: V, high: W) -> SortKey<End>
    where
        R: SortState<Head = H>,
        V: KeyValue<H>,
        W: KeyValue<H>,
    {
        let values = key_values(low, 2).and_then(|mut values| {
            high.encode_key(&mut values)?;
            Ok(values)
        });
        self.push(KeyOperator::Between, values)
    }

    /// Begins with the prefix (`begins_with`): text if the type is stored as a string, bytes if it is stored as binary.
    pub fn begins_with<V, H, Of: ?Sized>(self, prefix: V) -> SortKey<End>
    where
        R: SortState<Head = H>,
        H: Prefix<Of>,
        V: PrefixValue<H, Of>,
    {
        self.push(KeyOperator::BeginsWith, values([prefix.into_term()]))
    }

    refused! { ne is_in contains not_contains not_begins_with }
}
