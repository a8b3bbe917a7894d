//! `IntoKeyPart`: what a key struct is made from.

#[cfg(any(feature = "chrono", feature = "jiff"))]
use crate::value::{Moment, Sortable};
use std::borrow::Cow;

/// A value that becomes one part of a key struct, as in `OrdersKey::from(("usr_1", 7))`: what a key takes, owned.
///
/// It is not `Into`, because then `7` would be an `i32`, which is no `u64`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a key of type `{T}`",
    label = "expected `{T}` or a reference to it"
)]
// Hidden, because it is implemented for each type and would appear on the page of each.
#[doc(hidden)]
pub trait IntoKeyPart<T> {
    #[doc(hidden)]
    fn into_key_part(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> IntoKeyPart<T> for T {
    fn into_key_part(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> IntoKeyPart<T> for &T {
    fn into_key_part(self) -> T {
        self.clone()
    }
}

macro_rules! parts {
    ($of:ty: $($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl IntoKeyPart<$of> for $ty {
            fn into_key_part(self) -> $of {
                <$of>::from(self)
            }
        }
    )* };
}
parts!(String: &str, Cow<'_, str>, Box<str>);

#[diagnostic::do_not_recommend]
impl IntoKeyPart<String> for &&str {
    fn into_key_part(self) -> String {
        String::from(*self)
    }
}

#[diagnostic::do_not_recommend]
impl IntoKeyPart<String> for std::sync::Arc<str> {
    fn into_key_part(self) -> String {
        String::from(&*self)
    }
}

#[cfg(any(feature = "chrono", feature = "jiff"))]
#[diagnostic::do_not_recommend]
impl<T: Moment> IntoKeyPart<Sortable<T>> for T {
    fn into_key_part(self) -> Sortable<T> {
        Sortable::from(self)
    }
}

#[cfg(feature = "rust_decimal")]
parts!(rust_decimal::Decimal: i32, i64, u32, u64);
