//! Types of other libraries as keys and values, each enabled by a feature of the library's name.
//!
//! A type is a key only if its serde form sorts as its values do: DynamoDB compares strings byte by byte.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "rust_decimal")]
pub mod decimal;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "uuid")]
mod uuid;
