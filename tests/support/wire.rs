//! The two faces of the codec side by side: through JSON's bytes, and through the SDK's values.
//!
//! Everything is made of a string of bytes, so that property tests and fuzzers share it.

mod asked;
mod compare;
mod json;
mod sdk;
mod source;
mod tree;

pub use self::asked::{Asked, asking};
pub use self::compare::{encodes_alike, reads_alike};
pub use self::json::{item_json, render};
pub use self::sdk::parse;
pub use self::source::Source;
pub use self::tree::Tree;
