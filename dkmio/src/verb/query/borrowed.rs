//! `BorrowedQuery`: a query whose rows borrow from its pages.

use super::Query;
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
    /// A [`Query`] whose rows borrow from its pages: made by [`Query::select_borrowed`].
    BorrowedQuery of Query
}
