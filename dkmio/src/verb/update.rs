//! `Update`: changes attributes of one item.

mod builder;
mod diff;
mod index_keys;
mod lower;
mod partial;
mod patch;
mod together;

pub use self::builder::Update;
pub use self::partial::Partial;
pub use self::patch::Patch;
