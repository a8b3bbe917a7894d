//! The operators of an attribute.

use super::condition::{AttributeType, Comparator, Condition, ConditionKind};
use super::fold;
use super::has_size::HasSize;
use super::number::Numeric;
use super::operand::{Container, Operand};
use super::ordered::Ordered;
use super::prefix::PrefixValue;
use super::term::{IfNotExists, Sign, SizeOf, Sum, Term, UntypedAttr};
use crate::attr::{Any, Attr, DynAttr};
use crate::value::{AttributeValue, Prefix};
use std::ops;

macro_rules! comparisons {
    ($T:ty) => {
        /// Equal (`=`).
        pub fn eq(&self, value: impl Operand<$T>) -> Condition {
            self.compare(Comparator::Eq, value.into_term())
        }

        /// Not equal (`<>`); true for an absent attribute too.
        pub fn ne(&self, value: impl Operand<$T>) -> Condition {
            self.compare(Comparator::Ne, value.into_term())
        }

        /// Less than (`<`); strings, numbers and binary only.
        pub fn lt(&self, value: impl Operand<$T>) -> Condition
        where
            $T: Ordered,
        {
            self.compare(Comparator::Lt, value.into_term())
        }

        /// Less than or equal (`<=`); strings, numbers and binary only.
        pub fn le(&self, value: impl Operand<$T>) -> Condition
        where
            $T: Ordered,
        {
            self.compare(Comparator::Le, value.into_term())
        }

        /// Greater than (`>`); strings, numbers and binary only.
        pub fn gt(&self, value: impl Operand<$T>) -> Condition
        where
            $T: Ordered,
        {
            self.compare(Comparator::Gt, value.into_term())
        }

        /// Greater than or equal (`>=`); strings, numbers and binary only.
        pub fn ge(&self, value: impl Operand<$T>) -> Condition
        where
            $T: Ordered,
        {
            self.compare(Comparator::Ge, value.into_term())
        }

        /// From `low` to `high`, both included (`BETWEEN`); strings, numbers and binary only. Literals in the wrong order are an error before sending.
        pub fn between(&self, low: impl Operand<$T>, high: impl Operand<$T>) -> Condition
        where
            $T: Ordered,
        {
            Condition(ConditionKind::Between(
                self.term(),
                low.into_term(),
                high.into_term(),
            ))
        }

        /// One of these values (`IN`). More than 100 are sent as several groups; without any, the condition never
        /// holds.
        pub fn is_in<V: Operand<$T>>(&self, values: impl IntoIterator<Item = V>) -> Condition {
            let values = values.into_iter().map(Operand::into_term).collect();
            fold::is_in(self.term(), values)
        }

        fn compare(&self, comparator: Comparator, value: Term) -> Condition {
            Condition(ConditionKind::Compare(self.term(), comparator, value))
        }
    };
}

macro_rules! operators {
    ($T:ty) => {
        comparisons!($T);

        /// A string that contains a substring, or a list or set that contains an element (`contains`).
        pub fn contains<V>(&self, element: V) -> Condition
        where
            $T: Container,
            V: Operand<<$T as Container>::Element>,
        {
            Condition(ConditionKind::Contains(self.term(), element.into_term()))
        }

        /// Does not contain the substring or element (`NOT contains`); true for an absent attribute too.
        pub fn not_contains<V>(&self, element: V) -> Condition
        where
            $T: Container,
            V: Operand<<$T as Container>::Element>,
        {
            !self.contains(element)
        }

        /// The item has the attribute (`attribute_exists`).
        pub fn exists(&self) -> Condition {
            Condition(ConditionKind::Exists(self.path_ref().clone()))
        }

        /// The item does not have the attribute (`attribute_not_exists`).
        pub fn not_exists(&self) -> Condition {
            Condition(ConditionKind::NotExists(self.path_ref().clone()))
        }

        /// The attribute's value has this type (`attribute_type`).
        pub fn attribute_type(&self, attribute_type: AttributeType) -> Condition {
            Condition(ConditionKind::Type(self.path_ref().clone(), attribute_type))
        }

        /// The size of a string, binary, list, map or set (`size`), to be compared: `o.items().size().ge(3)`.
        pub fn size(&self) -> SizeOf
        where
            $T: HasSize,
        {
            SizeOf(self.path_ref().clone())
        }

        /// In an update: the attribute's value, or this one where it is absent (`if_not_exists`).
        pub fn if_not_exists(&self, value: impl Operand<$T>) -> IfNotExists<$T> {
            IfNotExists::new(Term::if_not_exists(
                self.path_ref().clone(),
                value.into_term(),
            ))
        }

        fn term(&self) -> Term {
            Term::path(self.path_ref().clone())
        }
    };
}

// The operators are named as in Rust's own traits on purpose: `eq` is what people type.
#[allow(
    clippy::should_implement_trait,
    reason = "they make conditions, not booleans"
)]
impl<A, T, S, W> Attr<A, T, S, W> {
    operators!(T);

    /// Begins with the prefix (`begins_with`): text if the type is stored as a string, bytes if it is stored as binary.
    pub fn begins_with<Of: ?Sized>(&self, prefix: impl PrefixValue<T, Of>) -> Condition
    where
        T: Prefix<Of>,
    {
        Condition(ConditionKind::BeginsWith(self.term(), prefix.into_term()))
    }

    /// Does not begin with the prefix (`NOT begins_with`); true for an absent attribute too.
    pub fn not_begins_with<Of: ?Sized>(&self, prefix: impl PrefixValue<T, Of>) -> Condition
    where
        T: Prefix<Of>,
    {
        !self.begins_with(prefix)
    }

    /// Returns the attribute as an operand of a dynamic one: `attr("x").eq(o.total().untyped())`.
    pub fn untyped(self) -> UntypedAttr {
        UntypedAttr(self.into_path())
    }
}

#[allow(
    clippy::should_implement_trait,
    reason = "they make conditions, not booleans"
)]
impl DynAttr {
    operators!(Any);

    /// Begins with the prefix (`begins_with`); strings and binary only.
    pub fn begins_with(&self, prefix: impl Operand<Any>) -> Condition {
        Condition(ConditionKind::BeginsWith(self.term(), prefix.into_term()))
    }

    /// Does not begin with the prefix (`NOT begins_with`); true for an absent attribute too.
    pub fn not_begins_with(&self, prefix: impl Operand<Any>) -> Condition {
        !self.begins_with(prefix)
    }
}

#[allow(
    clippy::should_implement_trait,
    reason = "they make conditions, not booleans"
)]
impl SizeOf {
    comparisons!(u64);

    fn term(&self) -> Term {
        Term::size(self.0.clone())
    }
}

/// The operators of any operand on the left, such as a literal value, so that conditions can be made from data.
///
/// Attributes, sizes, expressions of an update and `AttributeValue`s convert into a `Term`.
#[allow(
    clippy::should_implement_trait,
    reason = "they make conditions, not booleans"
)]
impl Term {
    comparisons!(Any);

    /// Begins with the prefix (`begins_with`).
    pub fn begins_with(&self, prefix: impl Operand<Any>) -> Condition {
        Condition(ConditionKind::BeginsWith(self.clone(), prefix.into_term()))
    }

    /// Contains the element or substring (`contains`).
    pub fn contains(&self, element: impl Operand<Any>) -> Condition {
        Condition(ConditionKind::Contains(self.clone(), element.into_term()))
    }

    fn term(&self) -> Self {
        self.clone()
    }
}

impl From<DynAttr> for Term {
    fn from(attr: DynAttr) -> Self {
        Self::path(attr.into_path())
    }
}

impl<A, T, S, W> From<Attr<A, T, S, W>> for Term {
    fn from(attr: Attr<A, T, S, W>) -> Self {
        Self::path(attr.into_path())
    }
}

impl From<SizeOf> for Term {
    fn from(size: SizeOf) -> Self {
        Self::size(size.0)
    }
}

impl<T> From<IfNotExists<T>> for Term {
    fn from(expr: IfNotExists<T>) -> Self {
        expr.term
    }
}

/// A value as the SDK holds it, such as an attribute of an item that was read.
impl From<AttributeValue> for Term {
    fn from(value: AttributeValue) -> Self {
        Self::attribute_value(value)
    }
}

macro_rules! arithmetic {
    ($trait:ident $method:ident $sign:ident) => {
        impl<A, T: Numeric, S, W, V: Operand<T>> ops::$trait<V> for Attr<A, T, S, W> {
            type Output = Sum<T>;

            fn $method(self, other: V) -> Sum<T> {
                Sum::new(Term::path(self.into_path()).arithmetic(Sign::$sign, other.into_term()))
            }
        }

        impl<T: Numeric, V: Operand<T>> ops::$trait<V> for IfNotExists<T> {
            type Output = Sum<T>;

            fn $method(self, other: V) -> Sum<T> {
                Sum::new(self.term.arithmetic(Sign::$sign, other.into_term()))
            }
        }

        impl<V: Operand<Any>> ops::$trait<V> for DynAttr {
            type Output = Sum<Any>;

            fn $method(self, other: V) -> Sum<Any> {
                Sum::new(Term::path(self.into_path()).arithmetic(Sign::$sign, other.into_term()))
            }
        }

        impl<V: Operand<Any>> ops::$trait<V> for Term {
            type Output = Self;

            fn $method(self, other: V) -> Self {
                self.arithmetic(Sign::$sign, other.into_term())
            }
        }
    };
}
arithmetic!(Add add Plus);
arithmetic!(Sub sub Minus);
