//! Structs that read a part of an item, and borrow it from the page.

use super::{ReadsAs, Source};
use crate::value::Set;
use serde::Deserialize;
use std::borrow::Cow;

/// A struct with a lifetime, whose fields borrow from the page that it is read from.
pub trait BorrowedRow {
    /// The struct, with the page's lifetime.
    type Row<'page>: Deserialize<'page>;
}

/// A struct that reads a part of what `S` projects, and borrows it from the page.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a projection of `{S}` that borrows",
    label = "not a projection of `{S}` with a lifetime",
    note = "derive `dkmio::Projection` for a struct with a lifetime, such as `struct Row<'a> {{ user_id: &'a str }}`; one without is read with `.select_as::<T>()`"
)]
pub trait BorrowedProjectionOf<S: Source>: BorrowedRow + 'static {
    /// The names of its attributes.
    const NAMES: &'static [&'static str];
}

macro_rules! borrowed {
    ($($owned:ty: $($borrowed:ty),+;)*) => { $($(
        #[diagnostic::do_not_recommend]
        impl<'a> ReadsAs<$borrowed> for $owned {}
        #[diagnostic::do_not_recommend]
        impl<'a> ReadsAs<Option<$borrowed>> for $owned {}
        #[diagnostic::do_not_recommend]
        impl<'a> ReadsAs<Option<$borrowed>> for Option<$owned> {}
    )+)* };
}
borrowed! {
    String: &'a str, Cow<'a, str>;
    Vec<String>: Vec<&'a str>;
}

// An empty set is absent, which only an `Option` or a default reads.
#[diagnostic::do_not_recommend]
impl ReadsAs<Option<Vec<&str>>> for Set<String> {}
