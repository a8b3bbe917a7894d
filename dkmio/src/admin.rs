//! Tables: made, compared and dropped on request, never implicitly.

mod compare_projection;
mod create;
mod delete;
mod difference;
mod verify;
mod verify_vectors;
mod wait;

pub use self::create::CreateTable;
pub use self::delete::DeleteTable;
pub use self::difference::{
    Difference, KeyNames, Projected, SearchedBy, TableDifferences, Vectors,
};
pub use self::verify::VerifyTable;
