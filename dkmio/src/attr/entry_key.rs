//! The keys of maps, as the names of their entries.

use crate::codec::{self, CodecError};
use crate::value::AttributeValue;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What `entry(..)` of a map with keys of type `K` takes: a key, a reference to one, or the name itself as a `&str`.
///
/// The name of an entry is the string that serde makes of the key: of a number its digits, of an enum the variant's name,
/// of a newtype what is in it. `By` tells keys from names, and is found by the compiler.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of a map from `{K}`",
    label = "expected `{K}`, a reference to it, or the entry's name as `&str`"
)]
pub trait EntryKey<K, By> {
    #[doc(hidden)]
    fn into_name(self) -> Result<String, CodecError>;
}

/// An entry is named by its key.
pub struct ByKey;
/// An entry is named by its name in DynamoDB.
pub struct ByName;

#[diagnostic::do_not_recommend]
impl<K: Serialize> EntryKey<K, ByKey> for K {
    fn into_name(self) -> Result<String, CodecError> {
        name(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<K: Serialize> EntryKey<K, ByKey> for &K {
    fn into_name(self) -> Result<String, CodecError> {
        name(self)
    }
}

// `String` is no name of other keys: it is a key itself, and which of the two was meant could not be told.
macro_rules! names {
    ($([$($K:ident)?] $key:ty: $ty:ty;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($K)?> EntryKey<$key, ByName> for $ty {
            fn into_name(self) -> Result<String, CodecError> {
                Ok(self.to_string())
            }
        }
    )* };
}
names! {
    [K] K: &str;
    [K] K: &&str;
    [] String: char;
    [] String: Cow<'_, str>;
    [] String: Box<str>;
    [] String: Arc<str>;
}

/// Returns the name that serde gives an entry with this key.
fn name<K: Serialize>(key: &K) -> Result<String, CodecError> {
    let entry = match codec::encode(&Entry(key))? {
        Some(AttributeValue::M(map)) => map.into_keys().next(),
        _ => None,
    };
    entry.ok_or_else(|| CodecError::new("a map has no entry of this key"))
}

/// A map with one entry.
struct Entry<'a, K>(&'a K);

impl<K: Serialize> Serialize for Entry<'_, K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, &true)?;
        map.end()
    }
}

/// A map, as the type of an attribute.
pub trait MapType {
    /// The type of its keys.
    type Key;
}

impl<K, V, H> MapType for HashMap<K, V, H> {
    type Key = K;
}

impl<K, V> MapType for BTreeMap<K, V> {
    type Key = K;
}
