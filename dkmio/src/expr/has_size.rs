//! Says at compile time which types `size()` can measure.

use crate::attr::Any;
use crate::value::{Bytes, Set, Vector};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// A type that `size()` measures: a string, binary, a list, map or set.
///
/// Documents are among them, and what derives [`KeyAttribute`](derive@crate::KeyAttribute) around a `String` or
/// [`Bytes`]. For another type of your own that is stored as one of these, implement it:
///
/// ```
/// use dkmio::HasSize;
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, PartialEq, Serialize, Deserialize)]
/// struct Lines(Vec<String>);
///
/// impl HasSize for Lines {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`size()` works on strings, binary, lists, maps and sets, and this attribute is `{Self}`",
    label = "has no size in DynamoDB",
    note = "compare a number by itself: `o.total().ge(3)`",
    note = "for a type of your own that is stored as one of these, implement `dkmio::HasSize`"
)]
pub trait HasSize {}

macro_rules! measured {
    ($([$($generics:tt)*] $ty:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> HasSize for $ty {}
    )* };
}
measured! {
    [] Any;
    [] String;
    [] Cow<'_, str>;
    [] Box<str>;
    [] Rc<str>;
    [] Arc<str>;
    [] Bytes;
    [E] Set<E>;
    [E] Vec<E>;
    [const N: usize] Vector<N>;
    [E] VecDeque<E>;
    [E] LinkedList<E>;
    [E, const N: usize] [E; N];
    [E, H] HashSet<E, H>;
    [E] BTreeSet<E>;
    [K, V, H] HashMap<K, V, H>;
    [K, V] BTreeMap<K, V>;
    [] serde_json::Value;
    [T: HasSize] Option<T>;
    [T: HasSize] Box<T>;
}
