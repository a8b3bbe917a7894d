//! Tables: made and dropped on request, never implicitly.

mod create;
mod delete;
mod wait;

pub use self::create::CreateTable;
pub use self::delete::DeleteTable;
