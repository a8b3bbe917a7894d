//! `ParallelScan`: a scan in segments that are read at the same time.

use super::Scan;
use super::read::Want;
use crate::error::{Error, ValidationCause};
use crate::executor::DynamoDb;
use crate::page::{ItemStream, OnUnreadable, PageStream, Pager, Stop};
use crate::schema::Source;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use futures_util::future::try_join_all;

/// Reads all items of a table or index in several segments at the same time: DynamoDB's parallel `Scan`.
///
/// Made by [`Scan::segments`]. It is faster than one scan, and uses the same capacity in a shorter time. The items come in no
/// order. Each segment reads its next page when its last one was taken, in a task on tokio's runtime that goes on while you
/// work on the items of other segments. An error in one segment, or dropping the stream, ends all segments.
///
/// # Examples
///
/// ```
/// # use dkmio::{DynamoDb, DynamoTable, Error};
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, DynamoTable)]
/// # #[dkmio(table = "orders")]
/// # struct Orders { #[pk] user_id: String, total: u64 }
/// # async fn run(db: DynamoDb) -> Result<(), Error> {
/// let mut orders = Orders::scan().filter(|o| o.total().ge(100)).segments(4).stream(&db);
/// while let Some(order) = orders.next().await {
///     println!("{:?}", order?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a scan does nothing until it is streamed or fetched"]
pub struct ParallelScan<S: Source, O = <S as Source>::Item> {
    pub(super) scan: Scan<S, O>,
    segments: u32,
}

impl<S: Source, O> Clone for ParallelScan<S, O> {
    fn clone(&self) -> Self {
        Self {
            scan: self.scan.clone(),
            segments: self.segments,
        }
    }
}

/// The most segments that DynamoDB takes.
const MAX_SEGMENTS: u32 = 1_000_000;

impl<S: Source, O: Send + 'static> Scan<S, O> {
    /// Splits the scan into this many segments, 1 to 1,000,000, which are read at the same time.
    pub fn segments(self, segments: u32) -> ParallelScan<S, O> {
        ParallelScan {
            scan: self,
            segments,
        }
    }
}

impl<S: Source, O: Send + 'static> ParallelScan<S, O> {
    /// Returns the pager of each segment.
    pub(super) fn pagers<E: OnUnreadable>(
        &self,
        db: &DynamoDb,
        want: Want,
    ) -> Result<Vec<Pager<ScanInput, O, E>>, Error> {
        let invalid = |cause, message: &str| Err(Error::invalid(cause, message));
        if self.segments == 0 || self.segments > MAX_SEGMENTS {
            return invalid(ValidationCause::Value, "a scan has 1 to 1,000,000 segments");
        }
        if self.scan.is_bounded() {
            return invalid(
                ValidationCause::Options,
                "a scan in segments takes no limit and no cursor: its items have no order to cut or go on in",
            );
        }
        (0..self.segments)
            .map(|segment| {
                self.scan
                    .clone()
                    .segment_pager(db.clone(), want, (segment, self.segments))
            })
            .collect()
    }

    /// Reads all pages of all segments and yields all items, in no order.
    ///
    /// # Errors
    ///
    /// The first [`Error`] of any segment.
    pub fn fetch_all(
        self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<Vec<O>, Error>> + Send + 'static + use<S, O> {
        self.all::<Stop>(db.clone())
    }

    pub(super) async fn all<E: OnUnreadable>(self, db: DynamoDb) -> Result<Vec<E::Of<O>>, Error> {
        let pagers = self.pagers::<E>(&db, Want::Items)?;
        let segments = pagers.into_iter().map(|pager| PageStream::new(Ok(pager)));
        let items = try_join_all(segments.map(PageStream::into_items)).await?;
        Ok(items.into_iter().flatten().collect())
    }

    /// Counts the items of all segments (`Select=COUNT`), without fetching them.
    ///
    /// # Errors
    ///
    /// The first [`Error`] of any segment.
    pub fn count(
        mut self,
        db: &DynamoDb,
    ) -> impl Future<Output = Result<usize, Error>> + Send + 'static + use<S, O> {
        self.scan = self.scan.for_count();
        let db = db.clone();
        async move {
            let pagers = self.pagers::<Stop>(&db, Want::Count)?;
            let counts = try_join_all(pagers.into_iter().map(Pager::count)).await?;
            Ok(counts.into_iter().sum())
        }
    }

    /// Yields the items one by one, in no order; a page is read when its items are needed.
    pub fn stream(self, db: &DynamoDb) -> ItemStream<O> {
        ItemStream::new(self.pages(db))
    }

    /// Yields the pages one by one, in no order; a page is read when it is needed.
    pub fn pages(self, db: &DynamoDb) -> PageStream<O> {
        PageStream::merged(self.pagers::<Stop>(db, Want::Items))
    }
}
