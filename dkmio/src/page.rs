//! Pages of queries and scans, the cursors between them, and the requests that read them.
//!
//! [`pager`] sends the requests of a read: [`walk`] makes each request and turns its answer into a page, [`page_items`]
//! receives the answer's items, and [`ends`] makes the cursors of the pages before and after. [`page_stream`] and
//! [`item_stream`] yield what a pager reads.

mod borrowed;
pub(crate) mod cursor;
mod ends;
mod item_stream;
#[allow(clippy::module_inception, reason = "the file of `Page`")]
mod page;
mod page_items;
mod page_stream;
mod pager;
mod unreadable;
mod walk;

pub use self::borrowed::{BorrowedPage, BorrowedPageStream, BorrowedRows};
pub(crate) use self::cursor::owner::{CursorOwner, Start};
pub use self::cursor::{Cursor, CursorSource};
pub use self::item_stream::ItemStream;
pub use self::page::Page;
pub use self::page_stream::PageStream;
pub(crate) use self::pager::Pager;
pub(crate) use self::unreadable::{GoOn, OnUnreadable, Stop};
pub(crate) use self::walk::Prepared;
