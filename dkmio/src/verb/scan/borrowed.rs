//! `BorrowedScan`: a scan whose rows borrow from its pages.

use super::Scan;
use crate::codec::wire::UnreadItems;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::expr::Explain;
use crate::page::{BorrowedPage, BorrowedPageStream};
use crate::schema::{BorrowedProjectionOf, Source};
use crate::verb::borrowed::borrowed;
use std::fmt;
use std::marker::PhantomData;

borrowed! {
    /// A [`Scan`] whose rows borrow from its pages: made by [`Scan::select_borrowed`].
    BorrowedScan of Scan
}
