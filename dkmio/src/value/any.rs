//! A value of any of DynamoDB's types, which keeps what it was.

mod convert;
mod read;
mod write;

use super::{Bytes, Number, Set};
use std::collections::BTreeMap;

/// A value of any of DynamoDB's ten types, with exact numbers: for attributes that a model does not know.
///
/// In a catch-all, `#[serde(flatten)] rest: BTreeMap<String, Value>`, or as a field, it reads whatever is stored and writes it
/// back as it was: sets stay sets, numbers keep their digits, binary data stays binary. It converts from and to the SDK's
/// [`AttributeValue`](crate::AttributeValue), so that items of `.raw()` can be worked on with it.
///
/// Another format of serde, such as JSON, writes it as one would by hand: a number as a number where the format's integers and
/// floats hold it exactly, and as text otherwise, a set as a list, binary data as base64. What such a format reads has no sets
/// and no binary data.
///
/// Reading refuses more levels of lists and maps than the 32 that DynamoDB takes. A value that is made by hand may be nested
/// deeper: writing it is an error, but tens of thousands of levels overflow the stack where the value is cloned, compared or
/// dropped, as with any type that holds itself.
///
/// # Examples
///
/// ```
/// use dkmio::{DynamoTable, Value};
/// use serde::{Deserialize, Serialize};
/// use std::collections::BTreeMap;
///
/// #[derive(Serialize, Deserialize, DynamoTable)]
/// #[dkmio(table = "documents")]
/// struct Documents {
///     #[pk]
///     id: String,
///     title: String,
///     #[serde(flatten)]
///     rest: BTreeMap<String, Value>, // what other programs have written
/// }
///
/// let value = Value::from("text");
/// assert_eq!(value, Value::S("text".to_owned()));
/// assert_eq!(serde_json::to_string(&Value::from(7))?, "7");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A string.
    S(String),
    /// A number, with its exact digits.
    N(Number),
    /// Binary data.
    B(Bytes),
    /// A boolean.
    Bool(bool),
    /// NULL.
    Null,
    /// A list.
    L(Vec<Value>),
    /// A map.
    M(BTreeMap<String, Value>),
    /// A string set. Writing an empty set is an error, because DynamoDB has none.
    Ss(Set<String>),
    /// A number set.
    Ns(Set<Number>),
    /// A binary set.
    Bs(Set<Bytes>),
}
