//! Tables: made, compared and dropped on request, never implicitly.

mod create;
mod delete;
mod difference;
mod verify;
mod wait;

pub use self::create::CreateTable;
pub use self::delete::DeleteTable;
pub use self::difference::{Difference, KeyNames, Projected, TableDifferences};
pub use self::verify::VerifyTable;
