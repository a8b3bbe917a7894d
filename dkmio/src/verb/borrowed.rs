//! Queries and scans whose rows borrow from their pages.

use super::{Query, Scan};
use crate::codec::wire::UnreadItems;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::expr::{Decoder, Explain};
use crate::page::{BorrowedPage, BorrowedPageStream};
use crate::schema::{BorrowedProjectionOf, Source};
use std::fmt;
use std::marker::PhantomData;

macro_rules! borrowed {
    ($(#[$doc:meta])* $name:ident of $inner:ident) => {
        $(#[$doc])*
        #[must_use = "a read does nothing until it is executed, streamed or awaited"]
        pub struct $name<S: Source, P> {
            read: $inner<S, UnreadItems>,
            row: PhantomData<fn() -> P>,
        }

        impl<S: Source, P> Clone for $name<S, P> {
            fn clone(&self) -> Self {
                Self {
                    read: self.read.clone(),
                    row: PhantomData,
                }
            }
        }

        impl<S: Source, P> fmt::Debug for $name<S, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }

        impl<S: Source, P: BorrowedProjectionOf<S>> $name<S, P> {
            pub(super) fn new(read: $inner<S, UnreadItems>) -> Self {
                Self {
                    read,
                    row: PhantomData,
                }
            }

            /// Returns the request as it would be sent for the first page.
            ///
            /// # Errors
            ///
            #[doc = concat!("As [`", stringify!($inner), "::explain`].")]
            pub fn explain(&self) -> Result<Explain, Error> {
                self.read.explain()
            }

            /// Sends the request and yields one page; with a `.limit(n)`, as many requests as n items take, whose answers
            /// the page keeps all.
            ///
            /// # Errors
            ///
            /// [`Error::InvalidCursor`] for a cursor of another query or scan, and any other error of this operation. What
            /// a row does not read is said by [`BorrowedPage::rows`].
            pub fn execute(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<BorrowedPage<P>, Error>> + Send + 'static + use<S, P> {
                let page = self.read.execute(db);
                async move { page.await.map(BorrowedPage::of::<S::Table>) }
            }

            /// Yields the pages one by one, reading them as they are wanted.
            pub fn pages(self, db: &DynamoDb) -> BorrowedPageStream<P> {
                BorrowedPageStream::of::<S::Table>(self.read.pages(db))
            }
        }

        /// Sends the request on the [default connection](DynamoDb::set_default).
        impl<S: Source, P: BorrowedProjectionOf<S>> IntoFuture for $name<S, P> {
            type Output = Result<BorrowedPage<P>, Error>;
            type IntoFuture = $crate::verb::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { self.read.await.map(BorrowedPage::of::<S::Table>) })
            }
        }
    };
}

borrowed! {
    /// A [`Query`] whose rows borrow from its pages: made by [`Query::select_borrowed`].
    BorrowedQuery of Query
}

borrowed! {
    /// A [`Scan`] whose rows borrow from its pages: made by [`Scan::select_borrowed`].
    BorrowedScan of Scan
}

/// Returns what keeps the items of pages; where pages are taken apart, it keeps them one by one.
pub(super) fn holding<S: Source, P: BorrowedProjectionOf<S>>(apart: bool) -> Decoder<UnreadItems> {
    Decoder::unread(P::NAMES, !apart)
}
