//! `Changes`: the builder of a consumer.

use super::change_stream::ChangeStream;
use super::checkpoints::Checkpoints;
use super::gap::Gap;
use super::setup::{Beginning, Setup};
use crate::change::{Change, FromRecord, Streamed, table_of};
use crate::executor::DynamoDb;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Reads the changes of a table from its stream: `DescribeTable`, `DescribeStream`, `GetShardIterator` and `GetRecords`.
///
/// Made by [`DynamoDb::changes`]. For one process that reads a table's stream by itself. Where Lambda can be used, it is the better
/// way; and for a table with so many writes that it takes several processes, use Lambda, or the Kinesis Client Library with the
/// DynamoDB Streams adapter. The guide's page on [the consumer](crate::guide::stream_consumer) has more.
#[must_use = "nothing is read until `.stream()` is polled"]
pub struct Changes<C> {
    setup: Setup,
    change: PhantomData<fn() -> C>,
}

impl DynamoDb {
    /// Reads the changes of a table from its stream, in a program of your own; see [`Changes`].
    ///
    /// `T` is a model, an entity of a shared table, or a set of entities: changes of other items are left out.
    ///
    /// # Examples
    ///
    /// ```
    /// # use dkmio::{DynamoDb, DynamoTable, Error, StreamViewType};
    /// # #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize, DynamoTable)]
    /// # #[dkmio(table = "users")]
    /// # struct Users { #[pk] id: String, name: String }
    /// use dkmio::{Change, MemoryCheckpoints};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// # let db = DynamoDb::embedded();
    /// db.create_table::<Users>().stream(StreamViewType::NewAndOldImages).await?;
    /// Users::put(&Users { id: "usr_1".to_owned(), name: "Ada".to_owned() }).execute(&db).await?;
    ///
    /// let mut changes = db.changes::<Users>().checkpoints(MemoryCheckpoints::new()).stream();
    /// if let Some(record) = changes.next().await {
    ///     let Change::Insert { new } = record?.change else { panic!("it is new") };
    ///     assert_eq!(new.name, "Ada");
    ///     changes.checkpoint().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn changes<T: Streamed>(&self) -> Changes<Change<T>> {
        Changes {
            setup: Setup {
                db: self.clone(),
                table: table_of::<T>(),
                beginning: Beginning::Oldest,
                store: None,
                poll_interval: Duration::from_secs(1),
                page_size: 1000,
                buffered_pages: 4,
                retry_budget: Duration::from_secs(60),
                on_gap: None,
            },
            change: PhantomData,
        }
    }
}

impl<C: FromRecord> Changes<C> {
    /// Begins at the oldest record that the stream has, up to 24 hours old, if there is no checkpoint. This is what it does
    /// unless it is told otherwise.
    pub fn from_oldest(mut self) -> Self {
        self.setup.beginning = Beginning::Oldest;
        self
    }

    /// Begins with the changes that are made from now on, if there is no checkpoint.
    ///
    /// The start is stored as a checkpoint: a consumer that is stopped before it has got a record begins where it began. By the
    /// clocks, that is; so it takes up to five minutes of changes from before its first start then.
    pub fn from_latest(mut self) -> Self {
        self.setup.beginning = Beginning::Latest;
        self
    }

    /// Begins with the changes that were made at this time and later, to the second, if there is no checkpoint.
    ///
    /// It reads from the oldest record, and leaves out those before.
    pub fn since(mut self, time: SystemTime) -> Self {
        self.setup.beginning = Beginning::Since(time);
        self
    }

    /// Goes on after the checkpoint in this store, and has [`ChangeStream::checkpoint`] write it.
    pub fn checkpoints(mut self, store: impl Checkpoints) -> Self {
        self.setup.store = Some(Arc::new(store));
        self
    }

    /// Reads each record as another type: as [`Latest`](crate::Latest) where the stream has new images only, as
    /// [`KeyChange`](crate::KeyChange) where it has keys only, or as what `#[derive(DynamoEntities)]` makes for a set.
    pub fn read_as<D: FromRecord>(self) -> Changes<D> {
        Changes {
            setup: self.setup,
            change: PhantomData,
        }
    }

    /// Sets how often a shard without news is asked, 1 second unless set.
    ///
    /// After news, and after a start, it is asked four times more often at first: each empty page doubles the wait, up to this.
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.setup.poll_interval = interval;
        self
    }

    /// Sets how many records a request asks for at most: 1 to 1,000, and 1,000 unless set. DynamoDB ends a page at 1 MB too.
    pub fn page_size(mut self, records: u32) -> Self {
        self.setup.page_size = i32::try_from(records.clamp(1, 1000)).unwrap_or(1000);
        self
    }

    /// Sets how many pages may be under way or waiting to be handed out, over all shards; 4 unless set, and at least 1.
    ///
    /// This is the back-pressure: while you work on records and that many pages wait, nothing is asked for. A page has up to
    /// 1 MB, and several times as much in memory. It is also how many shards are read at the same time.
    pub fn buffered_pages(mut self, pages: usize) -> Self {
        self.setup.buffered_pages = pages.max(1);
        self
    }

    /// Sets for how long requests are sent again that are throttled or not answered, before the stream yields the error; 60 seconds
    /// unless set. They are sent again after that too.
    pub fn retry_budget(mut self, budget: Duration) -> Self {
        self.setup.retry_budget = budget;
        self
    }

    /// Has a function called with each [`Gap`]: changes that DynamoDB trimmed, 24 hours after they were made, before they were
    /// read. Each is an event of the level WARN too.
    pub fn on_gap(mut self, told: impl Fn(&Gap) + Send + Sync + 'static) -> Self {
        self.setup.on_gap = Some(Arc::new(told));
        self
    }

    /// Returns the changes as a stream, which begins when it is polled.
    pub fn stream(self) -> ChangeStream<C> {
        ChangeStream::new(self.setup)
    }
}
