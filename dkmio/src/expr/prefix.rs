//! Says at compile time which values `begins_with` takes.

use super::term::Term;
use crate::attr::{Attr, DynAttr};
use crate::value::{AttributeValue, Bytes, Number, Prefix};
use aws_sdk_dynamodb::primitives::Blob;
use serde::Serialize;
use std::borrow::Cow;

/// A prefix of an attribute of type `T`, which is stored as a string (`Of` is `str`) or as binary (`[u8]`): text or bytes,
/// whatever the type is, or another attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a prefix of a `{T}`",
    label = "expected text, such as a `&str`, or bytes for binary"
)]
pub trait PrefixValue<T, Of: ?Sized> {
    #[doc(hidden)]
    fn into_term(self) -> Term;
}

macro_rules! texts {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T> PrefixValue<T, str> for $ty {
            fn into_term(self) -> Term {
                Term::value(&self)
            }
        }
    )* };
}
texts!(
    &str,
    &&str,
    String,
    &String,
    Cow<'_, str>,
    &Cow<'_, str>,
    Box<str>,
    char
);

macro_rules! bytes {
    ($([$($generics:tt)*] $ty:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T, $($generics)*> PrefixValue<T, [u8]> for $ty {
            fn into_term(self) -> Term {
                Term::attribute_value(AttributeValue::B(Blob::new(AsRef::<[u8]>::as_ref(&self).to_vec())))
            }
        }
    )* };
}
bytes! {
    [] &[u8];
    [const N: usize] &[u8; N];
    [] Vec<u8>;
    [] &Vec<u8>;
    [] Bytes;
    [] &Bytes;
}

#[diagnostic::do_not_recommend]
impl<A, T, U: Prefix<Of>, S, W, Of: ?Sized> PrefixValue<T, Of> for Attr<A, U, S, W> {
    fn into_term(self) -> Term {
        Term::path(self.into_path())
    }
}

#[diagnostic::do_not_recommend]
impl<A, T, U: Prefix<Of>, S, W, Of: ?Sized> PrefixValue<T, Of> for &Attr<A, U, S, W> {
    fn into_term(self) -> Term {
        Term::path(self.path_ref().clone())
    }
}

#[diagnostic::do_not_recommend]
impl<T, Of: ?Sized> PrefixValue<T, Of> for DynAttr {
    fn into_term(self) -> Term {
        Term::path(self.into_path())
    }
}

#[diagnostic::do_not_recommend]
impl<T, Of: ?Sized> PrefixValue<T, Of> for Term {
    fn into_term(self) -> Term {
        self
    }
}

/// Implements the trait for numbers and lists, which are prefixes of nothing, so that rustc reports only that the
/// attribute has no [`Prefix`].
macro_rules! refused {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl<Of: ?Sized> PrefixValue<$ty, Of> for $ty {
            fn into_term(self) -> Term {
                Term::value(&self)
            }
        }
    )* };
}
refused!(
    u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize, f32, f64, bool, Number
);

#[diagnostic::do_not_recommend]
impl<E, V: Serialize, Of: ?Sized, const N: usize> PrefixValue<Vec<E>, Of> for [V; N] {
    fn into_term(self) -> Term {
        Term::value(&self.as_slice())
    }
}
