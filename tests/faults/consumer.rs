//! The consumer of a stream while shards split, end and vanish, and DynamoDB fails.

mod back_pressure;
mod checkpoints;
mod client;
mod errors;
mod killed;
mod latest;
mod script;
mod shards;

use self::script::{Readings, Script, sequence_number};
use crate::in_time;
use dkmio::{Change, ChangeStream, Changes, DynamoDb, Error, Gap, MemoryCheckpoints};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long a test waits for records that may not come: longer than any pause of the consumer.
const QUIET: Duration = Duration::from_secs(90);

type Readers = ChangeStream<Change<Readings>>;

fn changes(db: &DynamoDb) -> Changes<Change<Readings>> {
    db.changes::<Readings>()
}

/// Takes records until none comes for long.
async fn rest(changes: &mut Readers) -> Vec<u64> {
    let mut taken = Vec::new();
    while let Ok(Some(record)) = tokio::time::timeout(QUIET, changes.next()).await {
        taken.push(number(record));
    }
    taken
}

/// Takes this many records.
async fn take(changes: &mut Readers, count: usize) -> Vec<u64> {
    let mut taken = Vec::new();
    while taken.len() < count {
        let record = in_time(changes.next()).await;
        taken.push(number(record.expect("it does not end")));
    }
    taken
}

fn number(record: Result<dkmio::ChangeRecord<Change<Readings>>, Error>) -> u64 {
    let record = record.unwrap();
    let reading = record.change.after().unwrap().number;
    let expected = sequence_number(reading);
    assert_eq!(record.record.sequence_number(), Some(expected.as_str()));
    reading
}

/// Keeps the gaps that are told.
#[derive(Clone, Default)]
struct Gaps(Arc<Mutex<Vec<Gap>>>);

impl Gaps {
    fn listen(&self) -> impl Fn(&Gap) + Send + Sync + 'static {
        let gaps = self.0.clone();
        move |gap| gaps.lock().unwrap().push(gap.clone())
    }

    /// The shard of each gap, and the sequence number before it.
    fn told(&self) -> Vec<(String, Option<String>)> {
        let gaps = self.0.lock().unwrap();
        let gaps = gaps.iter();
        gaps.map(|gap| (gap.shard_id().to_owned(), gap.after().map(str::to_owned)))
            .collect()
    }
}
