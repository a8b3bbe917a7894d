//! Says at compile time which values an operator of an attribute takes, by the attribute's type.

use super::term::{Encoded, IfNotExists, SizeOf, Sum, Term, TermKind, UntypedAttr};
use crate::attr::{Any, Attr, DynAttr};
use crate::codec::CodecError;
use crate::schema::Removable;
use crate::value::{AttributeValue, Bytes, KeyAttribute, KeyKind, Number, Set, Ttl};
#[cfg(any(feature = "chrono", feature = "jiff"))]
use crate::value::{Moment, Sortable};
use aws_sdk_dynamodb::primitives::Blob;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::marker::PhantomData;

/// The slot of an operand that is compared, which takes no `Option`.
pub struct Compared;
/// The slot of an operand that becomes the value of attribute `A`: `None` removes the attribute, if it may be removed.
pub struct Assigned<A>(PhantomData<A>);

/// A slot that takes an `Option`.
#[diagnostic::on_unimplemented(
    message = "an `Option` has no place here: nothing compares with `None`",
    label = "only `.set(..)` of an optional attribute takes an `Option`",
    note = "to compare with an absent attribute use `.exists()` and `.not_exists()`",
    note = "an attribute is optional if its field is an `Option` or has `#[serde(default)]`"
)]
pub trait Optional {}
impl<A: Removable> Optional for Assigned<A> {}

/// A value for an attribute of type `T`. People have many types at hand: `&str` for `String`, a reference, a slice of
/// elements for a list or set, or another attribute of that type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for an attribute of type `{T}`",
    label = "expected `{T}`, a reference to it, or an attribute of that type"
)]
pub trait Operand<T, Slot = Compared> {
    #[doc(hidden)]
    fn into_term(self) -> Term;

    /// `true` for what [`given`](crate::given) makes.
    #[doc(hidden)]
    fn is_given(&self) -> bool {
        false
    }
}

// The shapes that a value may have are not listed in errors: the expected type says enough.

macro_rules! values {
    ($([$($generics:tt)*] $target:ty: $source:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)* Slot> Operand<$target, Slot> for $source {
            fn into_term(self) -> Term {
                Term::value(&self)
            }
        }
    )* };
}
values! {
    [T: Serialize,] T: T;
    [T: Serialize,] T: &T;
    [T: Serialize,] Box<T>: T;
    [T: Serialize,] Box<T>: &T;
    [] String: &str;
    [] String: &&str;
    [] String: Cow<'_, str>;
    [] f64: i32;
    [] f32: i32;
    [] Number: i32;
    [] Number: i64;
    [] Number: u64;
    [V: Serialize,] Any: V;
}

#[cfg(any(feature = "chrono", feature = "jiff"))]
#[diagnostic::do_not_recommend]
impl<T: Moment, Slot> Operand<Sortable<T>, Slot> for T {
    fn into_term(self) -> Term {
        Term::value(&Sortable::from(self))
    }
}

// The only implementation for an `Option`: with another, such as for `Option<&str>` and `String`, the type of a bare
// `None` would be ambiguous.
impl<T: Serialize, Slot: Optional> Operand<T, Slot> for Option<T> {
    fn into_term(self) -> Term {
        Term::value(&self)
    }
}
impl<T: Serialize, Slot: Optional> Operand<T, Slot> for &Option<T> {
    fn into_term(self) -> Term {
        Term::value(self)
    }
}

// Collections take elements in any of the shapes that their element type takes.

fn elements<E, V: Operand<E>>(
    values: impl IntoIterator<Item = V>,
) -> Result<Vec<AttributeValue>, CodecError> {
    values
        .into_iter()
        .map(|value| match value.into_term().0 {
            TermKind::Value(value) => Ok(value?.unwrap_or(AttributeValue::Null(true))),
            _ => Err(CodecError::new(
                "an element must be a value, not an attribute",
            )),
        })
        .collect()
}

fn list<E, V: Operand<E>>(values: impl IntoIterator<Item = V>) -> Term {
    Term(TermKind::Value(
        elements(values).map(|v| Some(AttributeValue::L(v))),
    ))
}

fn set<E: KeyAttribute, V: Operand<E>>(values: impl IntoIterator<Item = V>) -> Term {
    Term(TermKind::Value(set_value::<E>(elements(values))))
}

/// Makes a set of its elements, each once.
fn set_value<E: KeyAttribute>(elements: Result<Vec<AttributeValue>, CodecError>) -> Encoded {
    let mut strings = BTreeSet::new();
    let mut binary = BTreeSet::new();
    for element in elements? {
        match (E::KIND, element) {
            (KeyKind::S, AttributeValue::S(text)) | (KeyKind::N, AttributeValue::N(text)) => {
                strings.insert(text);
            }
            (KeyKind::B, AttributeValue::B(blob)) => {
                binary.insert(blob.into_inner());
            }
            _ => {
                return Err(CodecError::new(
                    "an element is not of the type that its `KeyAttribute` declares",
                ));
            }
        }
    }
    let strings = strings.into_iter().collect();
    Ok(Some(match E::KIND {
        KeyKind::S => AttributeValue::Ss(strings),
        KeyKind::N => AttributeValue::Ns(strings),
        KeyKind::B => AttributeValue::Bs(binary.into_iter().map(Blob::new).collect()),
    }))
}

macro_rules! collections {
    ($make:ident: $([$($generics:tt)*] $target:ty: $source:ty [$element:ty];)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*, V, Slot> Operand<$target, Slot> for $source
        where
            $element: Operand<E>,
        {
            fn into_term(self) -> Term {
                $make::<E, $element>(self)
            }
        }
    )* };
}
collections! { list:
    [E, const N: usize] Vec<E>: [V; N] [V];
    ['a, E, const N: usize] Vec<E>: &'a [V; N] [&'a V];
    ['a, E] Vec<E>: &'a [V] [&'a V];
}
collections! { set:
    [E: KeyAttribute, const N: usize] Set<E>: [V; N] [V];
    ['a, E: KeyAttribute, const N: usize] Set<E>: &'a [V; N] [&'a V];
    ['a, E: KeyAttribute] Set<E>: &'a [V] [&'a V];
    [E: KeyAttribute] Set<E>: Vec<V> [V];
    ['a, E: KeyAttribute] Set<E>: &'a Vec<V> [&'a V];
    [E: KeyAttribute, H] Set<E>: HashSet<V, H> [V];
    [E: KeyAttribute] Set<E>: BTreeSet<V> [V];
}

macro_rules! binary {
    ($([$($generics:tt)*] $source:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)* Slot> Operand<Bytes, Slot> for $source {
            fn into_term(self) -> Term {
                Term::attribute_value(AttributeValue::B(Blob::new(self.to_vec())))
            }
        }
    )* };
}
binary! {
    [] &[u8];
    [const N: usize,] &[u8; N];
    [] Vec<u8>;
}

// Attributes.

#[diagnostic::do_not_recommend]
impl<A, T, S, W, Slot> Operand<T, Slot> for Attr<A, T, S, W> {
    fn into_term(self) -> Term {
        Term::path(self.into_path())
    }
}
#[diagnostic::do_not_recommend]
impl<A, T, S, W, Slot> Operand<T, Slot> for &Attr<A, T, S, W> {
    fn into_term(self) -> Term {
        Term::path(self.path_ref().clone())
    }
}
#[diagnostic::do_not_recommend]
impl<T, Slot> Operand<T, Slot> for DynAttr {
    fn into_term(self) -> Term {
        Term::path(self.into_path())
    }
}
#[diagnostic::do_not_recommend]
impl<Slot> Operand<Any, Slot> for UntypedAttr {
    fn into_term(self) -> Term {
        Term::path(self.0)
    }
}
#[diagnostic::do_not_recommend]
impl<T, Slot> Operand<T, Slot> for Term {
    fn into_term(self) -> Term {
        self
    }
}
#[diagnostic::do_not_recommend]
impl<T, A> Operand<T, Assigned<A>> for IfNotExists<T> {
    fn into_term(self) -> Term {
        self.term
    }
}
#[diagnostic::do_not_recommend]
impl<T, A> Operand<T, Assigned<A>> for Sum<T> {
    fn into_term(self) -> Term {
        self.term
    }
}
#[diagnostic::do_not_recommend]
impl Operand<u64> for SizeOf {
    fn into_term(self) -> Term {
        Term::size(self.0)
    }
}
#[diagnostic::do_not_recommend]
impl Operand<Any> for SizeOf {
    fn into_term(self) -> Term {
        Term::size(self.0)
    }
}

// What ADD, DELETE, list_append and contains take.

/// A type that `add` works on.
#[diagnostic::on_unimplemented(
    message = "`add` works on numbers and sets, and this attribute is `{Self}`",
    label = "needs a number or a set",
    note = "use `.set(..)`, or `.append(..)` for a list"
)]
pub trait Addable {
    /// The type itself. Bounds on it are checked only if the attribute is one that `add` works on, so that rustc
    /// reports one error.
    type Itself;
}
#[diagnostic::do_not_recommend]
impl<E> Addable for Set<E> {
    type Itself = Self;
}
#[diagnostic::do_not_recommend]
impl Addable for Any {
    type Itself = Self;
}

/// What `add` adds to an attribute of type `T`: a number to a number, elements to a set.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to an attribute of type `{T}`",
    label = "expected what a `{T}` changes by",
    note = "a number changes by a number: an integer by integers, an unsigned one by signed ones too",
    note = "to a set elements are added, in brackets even one: `[\"urgent\"]`"
)]
pub trait Addend<T> {
    #[doc(hidden)]
    fn into_addend(self) -> Term;
}
impl<E, V: Operand<Set<E>>> Addend<Set<E>> for V {
    fn into_addend(self) -> Term {
        self.into_term()
    }
}
impl<V: Operand<Any>> Addend<Any> for V {
    fn into_addend(self) -> Term {
        self.into_term()
    }
}

/// The type of no attribute. If `Any` were the only type that every value can be added to, rustc would infer it for an
/// attribute whose type it does not know yet.
pub struct Undecided;
#[diagnostic::do_not_recommend]
impl<V: Serialize> Addend<Undecided> for V {
    fn into_addend(self) -> Term {
        Term::value(&self)
    }
}

macro_rules! addends {
    ($($ty:ty: $($addend:ty),*;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl Addable for $ty {
            type Itself = Self;
        }
        addends!(@of $ty: $ty, &$ty $(, $addend)*);
    )* };
    (@of $ty:ty: $($addend:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl Addend<$ty> for $addend {
            fn into_addend(self) -> Term {
                Term::value(&self)
            }
        }
    )* };
}
// An unsigned counter takes a signed change. Where several types are allowed, `i32` is one of them, because rustc reads
// an unsuffixed literal as `i32`.
addends! {
    u8: i8, i32; u16: i16, i32; u32: i32, i64; u64: i64, i32; u128: i128, i32; usize: isize, i32;
    i8:; i16:; i32:; i64:; i128:; isize:; f32: i32; f64: i32; Number: i32, i64, u64; Ttl: i64, i32;
}

/// A list, which `append` and `prepend` work on.
#[diagnostic::on_unimplemented(
    message = "`append` and `prepend` work on lists, and this attribute is `{Self}`",
    label = "needs a list",
    note = "use `.add(..)` for a set or a number, `.set(..)` for anything else"
)]
pub trait List {
    /// A list of the elements.
    type Elements;
}
#[diagnostic::do_not_recommend]
impl<E> List for Vec<E> {
    type Elements = Self;
}
#[diagnostic::do_not_recommend]
impl List for Any {
    type Elements = Self;
}

/// A set, which `delete` works on.
#[diagnostic::on_unimplemented(
    message = "`delete` takes elements from a set, and this attribute is `{Self}`",
    label = "needs a set",
    note = "use `.remove(..)` to drop an attribute or a list element"
)]
pub trait SetType {
    /// A set of the elements.
    type Elements;
}
#[diagnostic::do_not_recommend]
impl<E> SetType for Set<E> {
    type Elements = Self;
}
#[diagnostic::do_not_recommend]
impl SetType for Any {
    type Elements = Self;
}

/// A type that `contains` looks into.
#[diagnostic::on_unimplemented(
    message = "`contains` works on strings, lists and sets, and this attribute is `{Self}`",
    label = "needs a string, a list or a set",
    note = "compare anything else with `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `between` or `is_in`"
)]
pub trait Container {
    /// What is looked for.
    type Element;
}
#[diagnostic::do_not_recommend]
impl Container for String {
    type Element = Self;
}
#[diagnostic::do_not_recommend]
impl<E> Container for Vec<E> {
    type Element = E;
}
#[diagnostic::do_not_recommend]
impl<E> Container for VecDeque<E> {
    type Element = E;
}
#[diagnostic::do_not_recommend]
impl<E, H> Container for HashSet<E, H> {
    type Element = E;
}
#[diagnostic::do_not_recommend]
impl<E> Container for BTreeSet<E> {
    type Element = E;
}
#[diagnostic::do_not_recommend]
impl<E> Container for Set<E> {
    type Element = E;
}
#[diagnostic::do_not_recommend]
impl Container for Any {
    type Element = Self;
}
