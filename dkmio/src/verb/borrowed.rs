//! Makes the reads whose rows borrow from their pages, of a query and of a scan.

/// Makes a read whose rows borrow, of a query or a scan.
macro_rules! borrowed {
    ($(#[$doc:meta])* $name:ident of $inner:ident) => {
        $(#[$doc])*
        #[must_use = "a read does nothing until it is executed, streamed or awaited"]
        pub struct $name<S: Source, P> {
            read: $inner<S, UnreadItems>,
            row: PhantomData<fn() -> P>,
        }

        impl<S: $crate::schema::Source, P> Clone for $name<S, P> {
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

pub(super) use borrowed;
