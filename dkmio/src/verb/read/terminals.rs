//! `read_terminals!`: the ways to run a query or a scan.

/// Gives a builder the ways to run its read, which yield an `$item` for each item. `reading()` of the builder returns the
/// query or scan that is run.
macro_rules! read_terminals {
    ([$($generics:tt)*] $builder:ty, [$($captured:ident),*]) => {
        read_terminals!([$($generics)*] $builder, [$($captured),*], O, Stop);
    };
    ([$($generics:tt)*] $builder:ty, [$($captured:ident),*], $item:ty, $on_unreadable:ident) => {
        impl<$($generics)*> $builder {
            /// Sends the request and yields one page; with a `.limit(n)`, sends as many requests as n items take.
            ///
            /// # Errors
            ///
            /// [`Error::InvalidCursor`] for a cursor of another query or scan, and any other error of this operation.
            pub fn execute(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<Page<$item>, Error>> + Send + 'static + use<$($captured),*> {
                self.run(db.clone())
            }

            fn run(
                self,
                db: DynamoDb,
            ) -> impl Future<Output = Result<Page<$item>, Error>> + Send + 'static + use<$($captured),*> {
                let reading = self.reading();
                let limited = reading.read.limit.is_some();
                made_or_failed(reading.pager::<$on_unreadable>(db, Want::Page).map(|pager| {
                    if limited {
                        // Boxed, because this future is larger and rarer than the other.
                        Either::Left(Box::pin(pager.all()))
                    } else {
                        Either::Right(pager.into_page())
                    }
                }))
            }

            /// Reads all pages, or as many as `.limit(n)` takes, and yields all items.
            ///
            /// # Errors
            ///
            /// As [`execute`](Self::execute); an error drops the items that were read before. Use
            /// [`stream`](Self::stream) for more items than fit in memory.
            pub fn fetch_all(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<Vec<$item>, Error>> + Send + 'static + use<$($captured),*> {
                let db = db.clone();
                async move {
                    let pager = self.reading().pager::<$on_unreadable>(db, Want::Items)?;
                    PageStream::of_items(Ok(pager)).into_items().await
                }
            }

            /// Yields the first item; reads further pages if the filter leaves none.
            ///
            /// # Errors
            ///
            /// As [`execute`](Self::execute).
            pub fn first(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<Option<$item>, Error>> + Send + 'static + use<$($captured),*> {
                let mut reading = self.reading();
                reading.read.limit = Some(reading.read.limit.map_or(1, |limit| limit.min(1)));
                let db = db.clone();
                async move {
                    let page = reading.pager::<$on_unreadable>(db, Want::Items)?.all().await?;
                    Ok(page.into_iter().next())
                }
            }

            /// Counts the items on all pages (`Select=COUNT`), without fetching them. It ignores the selection, the page size
            /// and the limit. DynamoDB reads and bills all items that it counts.
            ///
            /// # Errors
            ///
            /// As [`execute`](Self::execute).
            pub fn count(
                self,
                db: &DynamoDb,
            ) -> impl Future<Output = Result<usize, Error>> + Send + 'static + use<$($captured),*> {
                let mut reading = self.reading();
                reading.read.for_count();
                let db = db.clone();
                async move { reading.pager::<Stop>(db, Want::Count)?.count().await }
            }

            /// Yields the items one by one; a page is read when its first item is needed.
            pub fn stream(self, db: &DynamoDb) -> ItemStream<$item> {
                let pager = self.reading().pager::<$on_unreadable>(db.clone(), Want::Items);
                ItemStream::new(PageStream::of_items(pager))
            }

            /// Yields the pages one by one; a page is read when it is needed.
            pub fn pages(self, db: &DynamoDb) -> PageStream<$item> {
                PageStream::new(self.reading().pager::<$on_unreadable>(db.clone(), Want::Pages))
            }
        }

        /// Sends the request on the [default connection](DynamoDb::set_default).
        impl<$($generics)*> IntoFuture for $builder {
            type Output = Result<Page<$item>, Error>;
            type IntoFuture = $crate::verb::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { self.run(DynamoDb::default_connection()?).await })
            }
        }
    };
}
pub(in crate::verb) use read_terminals;
