//! Converts between Rust values and DynamoDB's, through serde. Everything that reads or writes an item goes through
//! here.
//!
//! The rules, beyond serde's own:
//!
//! - `None` is absent in a struct or map, and NULL in a list; absent and NULL both read as `None`.
//! - Numbers go by their text, in both directions, and only what DynamoDB keeps exactly is written.
//! - [`Set`](crate::Set) is SS, NS or BS; an empty one is absent, and absent reads as empty.
//! - Bytes (`serialize_bytes`, [`Bytes`](crate::Bytes)) are B.
//! - An enum variant without data is its name in S; one with data is a map of one entry, unless serde's
//!   attributes say otherwise.
//! - A value that cannot be written or read is an error that names the attribute's path, and never the value.
//! - If a name comes twice in a map, the last value counts.
//!
//! These rules hold for the SDK's values ([`to_item`], [`from_item`]) and for DynamoDB JSON ([`to_json`],
//! [`from_json`]), which is read and written directly, without the SDK's values.

mod check_reads_back;
mod de;
mod doubts;
mod encoded_item;
mod encoded_vector;
mod entry_kind;
mod entry_name;
mod error;
mod from_item;
mod in_newtypes;
mod levels;
mod missing_attribute;
mod nesting;
mod number;
mod pending_write;
mod plain_float;
mod sdk_values;
mod ser;
mod set_policy;
mod text_in_bytes;
mod three_decimals;
mod to_item;
mod type_names;
mod value_kind;
pub(crate) mod wire;

#[doc(hidden)]
pub use self::error::CodecError;
pub(crate) use self::error::PathStep;
pub use self::from_item::{from_item, from_json, from_value};
pub(crate) use self::levels::check_levels;
pub(crate) use self::missing_attribute::PRESENT;
pub(crate) use self::sdk_values::{decode, decode_item, decode_missing, encode};
pub use self::to_item::{to_item, to_json, to_value};
