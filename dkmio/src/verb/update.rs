//! `Update`: changes attributes of one item.

mod builder;
mod lower;
mod partial;

pub use self::builder::Update;
pub use self::partial::Partial;
