//! `BorrowedQuery` and `BorrowedScan`: reads whose rows borrow from their pages.

use super::{Query, Scan};
use crate::codec::wire::UnreadItems;
use crate::error::Error;
use crate::executor::DynamoDb;
use crate::expr::{Decoder, Explain};
use crate::page::{BorrowedPage, BorrowedPageStream};
use crate::schema::{BorrowedProjectionOf, Source};
use std::fmt;
use std::marker::PhantomData;

/// Makes a read whose rows borrow, of a query or a scan.
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

            /// Sends the request and yields one page; with a `.limit(n)`, sends as many requests as n items take, and the page
            /// keeps all their answers.
            ///
            /// # Errors
            ///
            /// [`Error::InvalidCursor`] for a cursor of another query or scan, and any other error of this operation. The
            /// errors of single rows are those of [`BorrowedPage::rows`].
            pub fn execute(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<BorrowedPage<P>, Error>> + Send + 'static + use<S, P> {
                let page = self.read.execute(db);
                async move { page.await.map(BorrowedPage::of::<S::Table>) }
            }

            /// Yields the pages one by one; a page is read when it is needed.
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

impl<S: Source, O: Send + 'static, K: 'static> Query<S, O, K> {
    /// Reads into a struct that derives [`Projection`](derive@crate::Projection) and has a lifetime: its rows borrow from
    /// the page, which keeps the answer's bytes.
    ///
    /// Use it to look at each row and keep little of it: no row is collected, and no string copied. A string that has no
    /// escapes in JSON, such as an id, reads as `&str`. Text that may have quotes, line ends or backslashes reads as
    /// `#[serde(borrow)] Cow<str>`, which copies the text only if it has one of them.
    ///
    /// It comes after the other options.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error, Projection};
    /// # #[derive(serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "orders")]
    /// # struct Orders { #[pk] user_id: String, #[sk] order_id: String, note: String, total: u64 }
    /// use std::borrow::Cow;
    ///
    /// #[derive(serde::Deserialize, Projection)]
    /// #[projection(of = Orders)]
    /// struct Row<'a> {
    ///     order_id: &'a str,
    ///     #[serde(borrow)]
    ///     note: Cow<'a, str>,
    ///     total: u64,
    /// }
    ///
    /// # #[cfg(feature = "embedded")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let db = DynamoDb::embedded();
    /// # db.create_table::<Orders>().await?;
    /// # let order = Orders { user_id: "usr_123".into(), order_id: "ord_456".into(), note: "\"now\"".into(), total: 7 };
    /// # Orders::put(&order).execute(&db).await?;
    /// let page = Orders::query("usr_123").select_borrowed::<Row<'_>>().execute(&db).await?;
    /// let mut sum = 0;
    /// for row in page.rows() {
    ///     let row = row?;
    ///     println!("{}: {}", row.order_id, row.note);
    ///     sum += row.total;
    /// }
    /// # assert_eq!(sum, 7);
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "embedded"))]
    /// # fn main() {}
    /// ```
    pub fn select_borrowed<P: BorrowedProjectionOf<S>>(self) -> BorrowedQuery<S, P> {
        let decoder = Decoder::unread(P::NAMES, !self.read.takes_pages_apart());
        BorrowedQuery::new(self.with(decoder))
    }
}

impl<S: Source, O: Send + 'static> Scan<S, O> {
    /// Reads into a struct that derives [`Projection`](derive@crate::Projection) and has a lifetime: its rows borrow from
    /// the page, which keeps the answer's bytes. See [`Query::select_borrowed`](crate::Query::select_borrowed).
    ///
    /// It comes after the other options. The segments of a parallel scan have owned rows only.
    pub fn select_borrowed<P: BorrowedProjectionOf<S>>(self) -> BorrowedScan<S, P> {
        let decoder = Decoder::unread(P::NAMES, !self.read.takes_pages_apart());
        BorrowedScan::new(self.with(decoder))
    }
}
